"""Events, read: which code leads where, how many have answered, who waits to be seen, whom a card belongs to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from consent.access.models import Practice
from consent.access.queries import facts_at
from consent.keys.ring import key_ring
from consent.people.models import NameWord, Person
from consent.people.queries import begins_with, identities, people_of, shown_name
from consent.people.rules import folded_terms, folded_words
from consent.records.queries import Dossier, dossiers
from consent.records.rules import Standing, remaining, standing
from consent.signing.models import Ceremony
from consent.signing.rules import WITNESS_HOLDS_FOR
from consent.wording.models import Wording
from consent.wording.queries import wordings_on_offer
from consent.wording.rules import ELEMENTS

from .models import Card, Gathering, NoPhoto, Poster
from .rules import AROUND, closes_at, colour_of, opens_at, sight_digits

KIND = "event_card"
LANGUAGES = ("en", "es")
STATES = {
    "waiting": "Waits to be seen",
    "seen": "Seen, signing now",
    "reading": "Reading",
    "signed": "Signed",
    "declined": "No thanks",
    "paper": "Wants paper",
    "left": "Not finished",
}
COUNTED = ("signed", "waiting", "reading", "declined")


@dataclass(frozen=True)
class CardRow:
    """One guest on the event's page; once they signed, how the card stands now, and what of them it still allows."""

    card: Card
    name: str
    colour: str
    state: str
    allows: str
    standing: Standing | None
    twin: bool

    @property
    def label(self) -> str:
        """The state in words, or how the signed card stands."""
        return self.standing.label if self.standing else STATES[self.state]

    @property
    def may_be_shown(self) -> bool:
        """Whether the card allows anything today."""
        return self.standing is not None and self.standing.key in {"on_file", "soon"}


@dataclass(frozen=True)
class Tally:
    """How many cards of an event are in a state."""

    state: str
    label: str
    number: int


def gatherings_of(practice: Practice) -> QuerySet[Gathering]:
    """The practice's events, the latest first, with how many signed."""
    signed = models.Count("cards", filter=Q(cards__ceremony__state=Ceremony.State.SIGNED))
    rows = Gathering.objects.filter(practice=practice).select_related("practice", "location", "host")
    return rows.annotate(signed=signed)


def gathering_of(practice: Practice, pk: int) -> Gathering:
    """One event of the practice. Raises Http404 for anything else."""
    rows = Gathering.objects.select_related("practice", "location", "host", "closed_by", "template")
    return get_object_or_404(rows, practice=practice, pk=pk)


def zone_of(gathering: Gathering, at: datetime) -> str:
    """The zone in which the event's day is read: that of its location."""
    return facts_at(gathering.location, at).time_zone


def ends_at(gathering: Gathering, at: datetime) -> datetime:
    """The instant from which nothing of the event can be signed any more."""
    return closes_at(gathering.day, zone_of(gathering, at))


def takes_guests(gathering: Gathering, at: datetime) -> bool:
    """Whether somebody may begin a card at `at`: around the event's day, and nobody closed it."""
    # No zone is further than a day from here: its location is not asked about an event of another week.
    if gathering.closed_at is not None or abs(gathering.day - at.date()).days > AROUND + 1:
        return False
    zone = zone_of(gathering, at)
    return opens_at(gathering.day, zone) <= at < closes_at(gathering.day, zone)


def poster_digest(token: str) -> str:
    """The only thing kept of a poster's token."""
    return key_ring().digest("poster", token)


def once_digest(once: str) -> str:
    """The only thing kept of the number on the page with which a card was begun."""
    return key_ring().digest("card-once", once)


def poster_address(token: str) -> str:
    """The whole address that a poster's code holds."""
    return settings.ADDRESS + reverse("cards:enter", args=[token])


def poster_of_token(token: str, at: datetime) -> Poster | None:
    """The poster of this token, if it still leads to a card at `at`."""
    rows = Poster.objects.filter(token_digest=poster_digest(token), ended_at=None)
    found = rows.select_related("gathering__practice", "gathering__location", "gathering__host").first()
    return found if found and takes_guests(found.gathering, at) else None


def wordings_at(gathering: Gathering, at: datetime) -> dict[str, Wording]:
    """The event's form in each language in which it may be handed over at `at`."""
    found: dict[str, Wording] = {}
    for language in LANGUAGES:
        for wording in wordings_on_offer(gathering.practice, KIND, language, at):
            if wording.template_id == gathering.template_id:
                found.setdefault(language, wording)
    return found


def wordings_for_event(practice: Practice, at: datetime) -> list[Wording]:
    """The forms an event may be opened with: each template once, in the first language that it is offered in."""
    found: dict[int, Wording] = {}
    for language in LANGUAGES:
        for wording in wordings_on_offer(practice, KIND, language, at):
            found.setdefault(wording.template_id, wording)
    return list(found.values())


def card_of(gathering: Gathering, pk: int) -> Card:
    """One card of the event. Raises Http404 for anything else."""
    rows = Card.objects.select_related("gathering", "ceremony__practice", "ceremony__person")
    return get_object_or_404(rows, gathering=gathering, pk=pk)


def digits_of(card: Card) -> str:
    """The digits that only the phone shows that holds the card now. Derived, so that they are kept nowhere."""
    links = card.ceremony.links.filter(ended_at=None).order_by("-pk")
    held = links.values_list("token_digest", flat=True).first() or ""
    return sight_digits(key_ring().digest("card-sight", f"{card.pk}:{held}"))


def no_photos_of(gathering: Gathering) -> QuerySet[NoPhoto]:
    """Who would not be photographed, the latest first."""
    return gathering.no_photos.select_related("noted_by").order_by("-pk")


def state_of(ceremony: Ceremony, at: datetime) -> str:
    """Where a guest is: a key of `STATES`."""
    if ceremony.state == Ceremony.State.OPEN:
        if ceremony.expires_at is not None and ceremony.expires_at <= at:
            return "left"
        if ceremony.step != "sign":
            return "reading"
        seen = ceremony.witnessed_at
        return "seen" if seen is not None and at - seen <= WITNESS_HOLDS_FOR else "waiting"
    known = {
        Ceremony.State.SIGNED: "signed",
        Ceremony.State.DECLINED: "declined",
        Ceremony.State.PAPER: "paper",
    }
    return known.get(Ceremony.State(ceremony.state), "left")


def counts_of(gathering: Gathering, at: datetime) -> list[Tally]:
    """How many signed, wait to be seen, read, said no: as the event's page counts."""
    states = [state_of(one, at) for one in Ceremony.objects.filter(card__gathering=gathering)]
    shown = {key: states.count(key) for key in STATES}
    shown["reading"] += shown.pop("seen")
    return [Tally(key, STATES[key], shown[key]) for key in COUNTED]


def cards_of(gathering: Gathering, at: datetime, *, identify: bool, text: str = "") -> list[CardRow]:
    """The event's cards by number, those that a first name finds if `text` names one; a constant number of queries.

    Without `identify` only the alias is shown and searched, which for a guest is the first name (R54).
    """
    rows = Card.objects.filter(gathering=gathering).select_related("ceremony__signature__consent")
    for term in folded_terms(text):
        words = NameWord.objects.filter(begins_with("word", term), practice=gathering.practice_id)
        rows = rows.filter(
            ceremony__person__in=(words if identify else words.filter(in_alias=True)).values("person")
        )
    found = list(rows.order_by("number"))
    people = people_of(gathering.practice).in_bulk([one.ceremony.person_id for one in found])
    known = dossiers([*people])
    twins = _with_twins(gathering.practice, people.values()) if identify else set[int]()
    shown = []
    for card in found:
        person = people[card.ceremony.person_id]
        badge, allowed = _stands(card, known[person.pk], at)
        shown.append(
            CardRow(
                card=card,
                name=shown_name(person, identify=identify),
                colour=colour_of(card.number),
                state=state_of(card.ceremony, at),
                allows=", ".join(words for key, words in ELEMENTS.items() if key in allowed),
                standing=badge,
                twin=person.pk in twins,
            )
        )
    return shown


def _stands(card: Card, dossier: Dossier, at: datetime) -> tuple[Standing | None, Collection[str]]:
    """How the consent that this card gave stands, and the elements it still allows."""
    signature = card.ceremony.signature
    own = [one for one in dossier.terms if signature and one.consent_id == signature.consent.pk]
    if not own:
        return None, ()
    badge = standing(own, dossier.person, at, dossier.disputed_since)
    return badge, remaining(own[0], dossier.person, at).elements


def _with_twins(practice: Practice, people: Iterable[Person]) -> set[int]:
    """Those of whom another record has the same name and birth date, and is not joined with theirs yet."""
    own = list(people)
    days = {one.date_of_birth for one in own} - {None}
    alike: dict[tuple[object, frozenset[str]], set[int]] = {}
    for person in people_of(practice).filter(date_of_birth__in=days):
        for name in person.names.all():
            alike.setdefault((person.date_of_birth, frozenset(folded_words(str(name)))), set()).add(person.pk)
    groups = identities([one.pk for one in own])
    return {one.pk for one in own for ids in alike.values() if one.pk in ids and ids - groups[one.pk]}
