"""A guest begins a card on their own phone: a record of their own, a number, and the form open in their hands."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.evidence.glyphs import undrawable
from consent.evidence.render import named_characters
from consent.people.actions import add_person
from consent.people.models import Person
from consent.people.rules import FieldRefused, checked_birth, checked_name, normal_contact, typed_date
from consent.signing.actions import Offer, Opened, ask_guest, reopen_guest_form
from consent.signing.rules import NotNow, day_in

from ..models import Card, Gathering, Poster
from ..queries import ends_at, once_digest, takes_guests, wordings_at
from ..rules import ANSWERED_WITHIN, CARDS_A_MINUTE, CARDS_IN_ALL, CardSaid, is_adult
from .opening import locked

NAME_AT_MOST = 80


class CardsClosed(Exception):
    """The event takes no guest now: another day, closed, or its code was stopped."""


class CardsBusy(Exception):
    """More guests begin than people could; a minute later it goes on."""


class StillAChild(Exception):
    """Whoever began is under 18: a parent signs, at the table, with an authority that is looked at (R26-R28)."""


@dataclass(frozen=True)
class Guest:
    """Who a guest says they are, checked."""

    given: str
    family: str
    born: date
    email: str
    language: str

    @classmethod
    def of(cls, *, given: str, family: str, born: str, email: str, language: str, today: date) -> "Guest":
        """From what was typed. Raises `CardSaid` for what cannot be kept or printed, `StillAChild`."""
        first, last = _name(given, "given"), _name(family, "family")
        if lacking := undrawable(first + last):
            raise CardSaid("cannot_print", "given", characters=named_characters(lacking))
        day = typed_date(born)
        try:
            if day is None or checked_birth(day, today) is None:
                raise FieldRefused("born", born)
        except FieldRefused as error:
            raise CardSaid("write_born", "born") from error
        if not is_adult(day, today):
            raise StillAChild
        return cls(first, last, day, _email(email), language)


def begin_card(*, poster: Poster, guest: Guest, once: str, by: Actor, at: datetime) -> Opened:
    """Make the guest's own record, number and form; returns what their browser keeps.

    `by` is Postern itself, until there is a guest: the form is opened by them. Nobody with the same name is joined:
    that is for staff to see and to say. The same page sent twice makes one card. Raises `CardsClosed`, `CardsBusy`,
    `NotNow` for an old page, `PrepareRefused` from the form.
    """
    with recording(by=by, at=at):
        gathering = locked(poster.gathering)
        stands = Poster.objects.filter(pk=poster.pk, gathering=gathering, ended_at=None).exists()
        if not stands or not takes_guests(gathering, at):
            raise CardsClosed
        same = Card.objects.filter(gathering=gathering, once=once_digest(once)).select_related("ceremony")
        if card := same.first():
            return _again(card, at)
        _require_room(gathering, at)
        return _begun(gathering, guest, once, by=by, at=at)


def _begun(gathering: Gathering, guest: Guest, once: str, *, by: Actor, at: datetime) -> Opened:
    wording = wordings_at(gathering, at).get(guest.language)
    if wording is None:
        raise CardsClosed
    person = add_person(
        practice=gathering.practice,
        given=guest.given,
        family=guest.family,
        relations=["visitor"],
        born=guest.born,
        language=guest.language,
        location=gathering.location,
        contact_points=[("email", guest.email)] if guest.email else [],
        knowing_duplicates=True,
        by=by,
        at=at,
    )
    last = Card.objects.filter(gathering=gathering).order_by("-number").first()
    number = last.number + 1 if last else 1
    ceremony, opened = ask_guest(
        person=person,
        wording=wording,
        location=gathering.location,
        offer=_offer(gathering, guest.language),
        host=gathering.host,
        contact=person.contact_points.first(),
        until=ends_at(gathering, at),
        by=_actor(person),
        at=at,
    )
    card = Card.objects.create(
        practice_id=gathering.practice_id,
        gathering=gathering,
        number=number,
        ceremony=ceremony,
        once=once_digest(once),
        begun_at=at,
    )
    record("card.begun", card, person=person.pk, gathering=gathering.pk, number=number)
    return opened


def _again(card: Card, at: datetime) -> Opened:
    """The same page was sent twice, within minutes: it is the same card, open in the browser that sent it last."""
    ceremony = card.ceremony
    if at - card.begun_at > ANSWERED_WITHIN or ceremony.step != "welcome":
        raise NotNow("This page was sent before.")
    return reopen_guest_form(ceremony=ceremony, by=_actor(ceremony.person), at=at)


def _require_room(gathering: Gathering, at: datetime) -> None:
    cards = Card.objects.filter(gathering=gathering)
    lately = cards.filter(begun_at__gt=at - timedelta(minutes=1)).count()
    if lately >= CARDS_A_MINUTE or cards.count() >= CARDS_IN_ALL:
        raise CardsBusy


def _offer(gathering: Gathering, language: str) -> Offer:
    """What the event offers, as a ceremony keeps it; the form names the event in its own field."""
    day = day_in(language, gathering.day)
    return Offer(
        lists=gathering.offered,
        ends_on=gathering.ends_on,
        post=f"{gathering.name}, {day}, {gathering.place}",
        privacy_notice=gathering.privacy_notice,
    )


def _name(text: str, field: str) -> str:
    try:
        name = checked_name(text, field, field)
    except FieldRefused as error:
        raise CardSaid("write_name" if len(text) <= NAME_AT_MOST else "long_name", field) from error
    if len(name) > NAME_AT_MOST:
        raise CardSaid("long_name", field)
    return name


def _email(text: str) -> str:
    try:
        return normal_contact("email", text) if text.strip() else ""
    except FieldRefused as error:
        raise CardSaid("write_email", "email") from error


def _actor(person: Person) -> Actor:
    return Actor("person", str(person.pk))
