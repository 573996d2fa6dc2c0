"""What is allowed where, as a table of elements by platforms with the day until which each holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from consent.wording.rules import ELEMENTS, PLATFORMS

from .scope import Scope
from .terms import Terms


@dataclass(frozen=True)
class Allowed:
    """What one consent still covers, and the first instant at which it no longer does by date."""

    covers: Scope
    ends_at: datetime | None
    zone: str

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, where the practice is."""
        if self.ends_at is None:
            return None
        return (self.ends_at - timedelta(microseconds=1)).astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True)
class Cell:
    """Whether one element may go to one platform, and until when; no day means that an event ends it."""

    allowed: bool = False
    until: date | None = None


@dataclass(frozen=True)
class Matrix:
    """The labels of the platforms, and a row of cells for each element that anything allows."""

    platforms: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    paid: bool


def matrix(consents: Iterable[Allowed]) -> Matrix:
    """The table of what `consents` still cover. A cell needs one consent that covers both by itself (R24)."""
    given = [one for one in consents if one.covers.elements and one.covers.platforms]
    elements = [key for key in ELEMENTS if any(key in one.covers.elements for one in given)]
    platforms = [key for key in PLATFORMS if any(key in one.covers.platforms for one in given)]
    rows = tuple(
        (ELEMENTS[element], tuple(_cell(given, element, platform) for platform in platforms))
        for element in elements
    )
    labels = tuple(PLATFORMS[key][0].upper() + PLATFORMS[key][1:] for key in platforms)
    return Matrix(labels, rows, any(one.covers.paid for one in given))


def taken_back(terms: Terms, at: datetime) -> list[str]:
    """What partial revocations have taken from a consent until `at`, in words."""
    keys = {
        key for part in _parts(terms, at) for name in ("elements", "platforms") for key in part.get(name, ())
    }
    return [words for key, words in (ELEMENTS | PLATFORMS).items() if key in keys]


def left_to_withdraw(terms: Terms, at: datetime) -> Scope:
    """What a person could still take back: what was granted less what was taken back, held or expired or not."""
    parts = list(_parts(terms, at))
    if any(not part for part in parts):
        return Scope()
    gone = {name: frozenset[str]().union(*(part.get(name, ()) for part in parts)) for name in Scope.LISTS}
    left = {name: getattr(terms.scope, name) - gone[name] for name in Scope.LISTS}
    return Scope(paid=terms.scope.paid, edits=terms.scope.edits, asked=terms.scope.asked, **left)


def _parts(terms: Terms, at: datetime) -> Iterator[Mapping[str, frozenset[str]]]:
    return (revocation.part for revocation in terms.revocations if revocation.received_at <= at)


def _cell(given: list[Allowed], element: str, platform: str) -> Cell:
    fitting = [one for one in given if element in one.covers.elements and platform in one.covers.platforms]
    if not fitting:
        return Cell()
    days = [one.last_day for one in fitting]
    return Cell(True, None if None in days else max(day for day in days if day))
