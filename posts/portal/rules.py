"""When a link to a person's own page still opens it, and how often a birth date may be tried. No Django."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consent.records.rules import majority

MAX_TRIES = 5
VISIT = timedelta(minutes=30)
PARENTAL = frozenset({"parent"})


@dataclass(frozen=True)
class Authority:
    """By what right a representative holds a link, and whether it still stands."""

    kind: str
    verified_at: datetime | None = None
    ended_at: datetime | None = None
    excluded_at: datetime | None = None


@dataclass(frozen=True)
class LinkFacts:
    """What decides whether a link still opens the page; without `authority` the person holds it."""

    issued_at: datetime
    ended_at: datetime | None
    born: date | None
    emancipated: bool
    deceased_on: date | None
    zone: str
    authority: Authority | None = None


def stands(link: LinkFacts, at: datetime) -> bool:
    """Whether the link opens the page at `at`: it dies with the holder's authority and at 18 (design 8, R28)."""
    if _over(link.ended_at, at):
        return False
    if link.authority is None:
        return link.deceased_on is None
    return _authority_stands(link.authority, at) and not _grown_up(link, link.authority, at)


def _authority_stands(authority: Authority, at: datetime) -> bool:
    """Verified, and neither ended nor excluded."""
    over = _over(authority.ended_at, at) or _over(authority.excluded_at, at)
    return authority.verified_at is not None and not over


def _grown_up(link: LinkFacts, authority: Authority, at: datetime) -> bool:
    """Whether the person has outgrown it: a link from before the 18th birthday, or any that rests on parenthood."""
    parental = authority.kind in PARENTAL
    if parental and link.emancipated:
        return True
    grown = majority(link.born, link.zone)
    return grown is not None and at >= grown and (parental or link.issued_at < grown)


def _over(end: datetime | None, at: datetime) -> bool:
    return end is not None and end <= at


def tries_left(tries: int) -> int:
    """How many wrong birth dates are still allowed on a link; a new link starts anew."""
    return max(MAX_TRIES - tries, 0)
