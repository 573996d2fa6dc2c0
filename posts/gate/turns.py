"""When the answer may change by itself: the instants at which something dated in the facts begins or ends.

Between two of them `decide` says the same of everything but the instant itself, so whoever asks about a span of time
asks once for each. Every day and instant in the facts is one, wherever it stands; a period that a rule counts from
one of them is told by the rule.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from consent.records.rules import majority, unprotected_from

from .facts import PostFacts
from .packs import PACKS


def turns(facts: PostFacts, days: Iterable[date] = ()) -> set[datetime]:
    """The instants in UTC at which the verdict may change; `days` are dated facts that the facts do not hold yet."""
    found = {*_dates_in(facts), *days}
    zones = {"UTC", *(terms.zone for _, terms in _consents(facts))}
    instants = {one for one in found if isinstance(one, datetime)}
    for day in found - instants:
        for zone in zones:
            # A day counts from its beginning, or until its end.
            instants |= {_begins(day, zone), _begins(day + timedelta(days=1), zone)}
    instants |= set(_periods(facts))
    return {one.astimezone(UTC) for one in instants}


def _periods(facts: PostFacts) -> Iterator[datetime]:
    """Where a period ends that a rule counts: coming of age, fifty years after a death, what a state allows."""
    for person, terms in _consents(facts):
        yield from filter(None, (majority(person.born, terms.zone), unprotected_from(person)))
        yield from (rule.lapses(terms) for rule in PACKS if rule.lapses)
    yield from filter(None, (unprotected_from(one.person) for one in facts.people))


def _consents(facts: PostFacts) -> Iterator[tuple[Any, Any]]:
    """Everyone in the facts with each of their consents and licences."""
    for one in facts.people:
        yield from ((one.person, terms) for terms in one.consents)
    authors = [picture.author for picture in facts.pictures]
    authors += [facts.origin.author] if facts.origin else []
    for author in authors:
        if author is not None and author.person is not None:
            yield from ((author.person, terms) for terms in author.licences)


def _dates_in(value: Any) -> Iterator[date]:
    """Every day and instant in the facts, however deep."""
    if isinstance(value, date):
        yield value
    elif dataclasses.is_dataclass(value):
        for name in value.__dataclass_fields__:
            yield from _dates_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _dates_in(item)
    elif isinstance(value, Mapping):
        yield from _dates_in(tuple(value.values()))


def _begins(day: date, zone: str) -> datetime:
    """The first instant of a day."""
    return datetime.combine(day, time.min, ZoneInfo(zone))
