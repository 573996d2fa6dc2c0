"""When a link to a person's own page still opens it, and how often one may try, ask and ask anew. No Django."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consent.records.rules import majority

MAX_TRIES = 5
VISIT = timedelta(minutes=30)
PARENTAL = frozenset({"parent"})
OLD, MAJORITY, AUTHORITY = "old", "majority", "authority"
TOLD = frozenset({MAJORITY, AUTHORITY})
MAX_OPEN_QUESTIONS, QUESTION_LENGTH = 5, 2000
# How many new links may be asked for: for one address within a day, by one browser's address and in one practice
# within an hour. Nobody is told when it is too many.
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
LINKS_TO_ONE, LINKS_BY_ONE, LINKS_IN_ALL = 3, 20, 200
LINKS_AT_ONCE = 10


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


def why_over(link: LinkFacts, at: datetime) -> str:
    """Why the link opens nothing at `at`, empty while it does: it dies with the authority and at 18 (design 8, R28).

    Only ``majority`` and ``authority`` are told to whoever holds it. An exclusion is nobody's to learn here: it looks
    like any old link (R29).
    """
    authority = link.authority
    if _over(link.ended_at, at) or (authority and _over(authority.excluded_at, at)):
        return OLD
    if authority is None:
        return OLD if link.deceased_on else ""
    if authority.verified_at is None:
        return OLD
    if _grown_up(link, authority, at):
        return MAJORITY
    return AUTHORITY if _over(authority.ended_at, at) else ""


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


def may_know(*, born: date | None, authority: str, own_consent_service: bool) -> bool:
    """Whether the birth date may open names and pictures: it is on file, and no parent looks at what the teen decides
    alone (45 CFR 164.502(g)(3); R27). `authority` is empty for the person's own link.
    """
    return born is not None and not (own_consent_service and authority in PARENTAL)


def too_many_asked(*, to_one: int, by_one: int, in_all: int) -> bool:
    """Whether another new link would be one too many after so many (each within its own time)."""
    return to_one >= LINKS_TO_ONE or by_one >= LINKS_BY_ONE or in_all >= LINKS_IN_ALL
