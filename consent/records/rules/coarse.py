"""Facts without the days that identify: what may be kept for good about someone who may ask to be forgotten.

A birth date and a date of death are identifiers (45 CFR 164.514(b)(2)(i)(C)). The rules only ask on which side of a few
instants they lie, so a decision keeps a day that answers alike: made from the instants, not from the life.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .shown import PROTECTED_YEARS, out_of_protection
from .signer import is_dead
from .terms import MAJORITY, PersonFacts, Terms, majority, signed_under_age

DAY = timedelta(days=1)


def coarsened(person: PersonFacts, consents: Collection[Terms], at: datetime) -> PersonFacts:
    """`person` with days of birth and death that every rule answers alike at `at` about `consents`.

    None where the day makes no difference. Nothing but the consents' instants and `at` goes into the days.
    """
    if person.born is None and person.deceased_on is None:
        return person
    person = replace(person, born=_born(person, consents, at))
    return replace(person, deceased_on=_died(person, consents, at))


def _born(person: PersonFacts, consents: Collection[Terms], at: datetime) -> date | None:
    asked = _ages(person, consents, at)
    return next(
        day for day in _births(consents, at) if _ages(replace(person, born=day), consents, at) == asked
    )


def _died(person: PersonFacts, consents: Collection[Terms], at: datetime) -> date | None:
    asked = _deaths(person, consents, at)
    days = _days_of_death(consents, at)
    return next(day for day in days if _deaths(replace(person, deceased_on=day), consents, at) == asked)


def _ages(person: PersonFacts, consents: Collection[Terms], at: datetime) -> list[tuple[bool, bool]]:
    """All that the rules ask of a birth date: a minor at the signing, and of those, grown up by now."""
    found = []
    for terms in consents:
        grown, under_age = majority(person.born, terms.zone), signed_under_age(terms, person)
        found.append((under_age, under_age and grown is not None and at >= grown))
    return found


def _deaths(person: PersonFacts, consents: Collection[Terms], at: datetime) -> list[bool]:
    """All that the rules ask of a death: has it happened, and is it long enough ago."""
    return [out_of_protection(person, at), *(is_dead(person, terms.zone, at) for terms in consents)]


def _births(consents: Collection[Terms], at: datetime) -> Iterator[date | None]:
    """Nobody's birth date, then those that put the 18th birthday right after each instant, in each zone.

    Moving a birthday earlier changes an answer only where it passes an instant; the day after is the last that does
    not. The second day after stands in where that is a leap day, on which nobody turns 18.
    """
    yield None
    zones = {ZoneInfo(terms.zone) for terms in consents}
    instants = {at, *(terms.signed_at for terms in consents)}
    local = {instant.astimezone(zone).date() for instant in instants for zone in zones}
    for day in sorted({day + DAY * days for day in local for days in (1, 2)}):
        if (day.month, day.day) != (2, 29):
            yield day.replace(year=day.year - MAJORITY)


def _days_of_death(consents: Collection[Terms], at: datetime) -> Iterator[date | None]:
    """Nobody's death, one long ago, then the day of `at` in each zone."""
    yield None
    yield date(at.year - PROTECTED_YEARS - 1, 1, 1)
    yield from sorted({at.astimezone(ZoneInfo(terms.zone)).date() for terms in consents})
    yield at.date()
