"""Whom to ask again: permissions that end, children who come of age, authorities that ended. Derived, never stored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consent.access.models import Practice
from consent.access.queries import today_at
from consent.people.models import ContactPoint, Person, Representation
from consent.people.queries import people_of, shown_name
from consent.records.models import Consent
from consent.records.queries import ToAsk, grown_ups, to_ask
from consent.records.rules import REPRESENTATIVE, ComingOfAge, Terms, ends_at, holds, problems
from consent.signing.renewing import ByLink, Renewed, ways_by_link

HORIZONS = (30, 60, 90)
ENDED = "SIGNER_NOT_AUTHORIZED"
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Renewal:
    """A person whose last permission ends: which, when, within how many days, who would sign and how to reach them."""

    consent: Consent
    name: str
    ends: datetime
    within: int
    facts: ToAsk
    signer: str
    contacts: tuple[str, ...]
    by_link: ByLink

    @property
    def why_not(self) -> tuple[str, ...]:
        """Why they cannot be asked today; nothing if they can."""
        return self.facts.why_not

    @property
    def last_instant(self) -> datetime:
        """The last instant at which it holds."""
        return self.ends - timedelta(microseconds=1)


def renewals(practice: Practice, at: datetime) -> list[Renewal]:
    """Everybody whose last permission ends within 90 days, the soonest first; a constant number of queries.

    Who comes of age is not among them: they are asked from their own day on.
    """
    until = at + timedelta(days=max(HORIZONS))
    ending = Consent.objects.filter(
        practice=practice, kind="authorization", ends_at__gt=at, ends_at__lte=until
    )
    people = _people(practice, ending.values_list("person_id", flat=True))
    facts, turning = to_ask(people, at), grown_ups(people, at)
    last = {pk: _last(one, at) for pk, one in facts.items() if pk not in turning}
    chosen = {pk: terms for pk, terms in last.items() if terms and _end(facts[pk], terms) <= until}
    rows = Consent.objects.select_related("wording__template").in_bulk(
        [one.consent_id for one in chosen.values()]
    )
    reached = _reached([facts[pk] for pk in chosen])
    again = [
        Renewed(rows[terms.consent_id], facts[pk].person, terms, facts[pk].signer)
        for pk, terms in chosen.items()
    ]
    ways = ways_by_link(practice, again, at)
    found = [
        Renewal(
            consent=rows[terms.consent_id],
            name=shown_name(facts[pk].person, identify=True),
            ends=(end := _end(facts[pk], terms)),
            within=next(days for days in HORIZONS if end <= at + timedelta(days=days)),
            facts=facts[pk],
            signer=reached[pk][0],
            contacts=reached[pk][1],
            by_link=ways[terms.consent_id],
        )
        for pk, terms in chosen.items()
    ]
    return sorted(found, key=lambda one: (one.ends, one.consent.pk))


def coming_of_age(practice: Practice, at: datetime) -> dict[Person, ComingOfAge]:
    """Whoever turns 18 within 60 days, or did within the last year, and is still to be asked (R28)."""
    today = today_at(practice, at)
    signed = Consent.objects.filter(
        practice=practice,
        signer_role=REPRESENTATIVE,
        person__date_of_birth__gt=_years_before(today, 19),
        person__date_of_birth__lte=_years_before(today + timedelta(days=61), 18),
    )
    people = _people(practice, signed.values_list("person_id", flat=True))
    turning = grown_ups(people, at)
    return {one: turning[one.pk] for one in people if one.pk in turning}


def authority_ended(practice: Practice, at: datetime) -> dict[Person, tuple[ToAsk, Terms]]:
    """Whose permission ended in the last year only because its signer may sign no more, and was not replaced (R26)."""
    gone = Representation.objects.filter(
        practice=practice, ended_at__lte=at, ended_at__gt=at - A_YEAR, excluded_at=None
    )
    people = _people(practice, gone.values_list("person_id", flat=True))
    found = {}
    for pk, facts in to_ask(people, at).items():
        ended = [one for one in facts.dossier.terms if _ended_with_its_signer(one, facts, at)]
        living = any(holds(one, facts.dossier.person, at) for one in facts.dossier.terms)
        if ended and not living and facts.asking.said_no_on is None:
            found[facts.person] = (facts, max(ended, key=lambda one: one.signed_at))
        del pk
    return found


def _ended_with_its_signer(terms: Terms, facts: ToAsk, at: datetime) -> bool:
    ended = terms.authority_ended_at
    return (
        ended is not None
        and ended <= at
        and not terms.representative_excluded
        and [one.code for one in problems(terms, facts.dossier.person, at)] == [ENDED]
        and holds(terms, facts.dossier.person, ended - timedelta(microseconds=1))
    )


def _people(practice: Practice, ids: Collection[int]) -> list[Person]:
    return list(people_of(practice).filter(pk__in=ids).select_related("practice"))


def _last(facts: ToAsk, at: datetime) -> Terms | None:
    """The living permission that ends last; None if one of them names no day."""
    dossier = facts.dossier
    living = [one for one in dossier.terms if one.kind == "authorization" and holds(one, dossier.person, at)]
    ends = [(ends_at(one, dossier.person), one) for one in living]
    if not ends or any(end is None for end, _ in ends):
        return None
    return max(living, key=lambda one: _end(facts, one))


def _end(facts: ToAsk, terms: Terms) -> datetime:
    end = ends_at(terms, facts.dossier.person)
    assert end is not None
    return end


def _reached(facts: Collection[ToAsk]) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Who signs for each, by name, and their verified addresses and numbers, by the id of the person."""
    ids = [one.id for ask in facts for one in ask.signer.representations]
    rights = Representation.objects.select_related("representative").prefetch_related("representative__names")
    rows = rights.in_bulk(ids)
    signers: dict[int, list[Person]] = {}
    for ask in facts:
        own = [ask.person] if ask.signer.self_may_sign else []
        others = [] if own else [rows[one.id].representative for one in ask.signer.representations]
        signers[ask.person.pk] = own or others
    points = ContactPoint.objects.filter(
        person__in={one.pk for group in signers.values() for one in group},
        verified_at__isnull=False,
        bounced_at=None,
    ).order_by("kind", "pk")
    by_person: dict[int, list[str]] = {}
    for point in points:
        by_person.setdefault(point.person_id, []).append(point.value)
    return {
        pk: (
            " or ".join(shown_name(one, identify=True) for one in group),
            tuple(value for one in group for value in by_person.get(one.pk, ())),
        )
        for pk, group in signers.items()
    }


def _years_before(day: date, years: int) -> date:
    """The day so many years before; for 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
