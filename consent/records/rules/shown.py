"""Whether what is shown of someone may be seen: for what is out already, where nobody decides anew."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

from .badge import remaining
from .terms import PersonFacts, Terms

PROTECTED_YEARS = 50
KIND_FOR = {"patient": "authorization", "visitor": "authorization", "staff": "release"}


def kind_for(capacity: str) -> str:
    """The kind of permission that somebody in this capacity gives; unknown counts as patient."""
    return KIND_FOR.get(capacity, "authorization")


def out_of_protection(person: PersonFacts, at: datetime) -> bool:
    """Dead for more than fifty years: HIPAA protects no longer (45 CFR 160.103, 164.502(f); R30)."""
    since = unprotected_from(person)
    return since is not None and at >= since


def unprotected_from(person: PersonFacts) -> datetime | None:
    """The first instant at which the law no longer protects what is known of someone who has died."""
    if person.deceased_on is None:
        return None
    last_day = _years_later(person.deceased_on, PROTECTED_YEARS)
    return datetime.combine(last_day + timedelta(days=1), time.min, UTC)


def may_be_shown(
    consents: Iterable[Terms],
    person: PersonFacts,
    *,
    capacity: str,
    elements: Collection[str],
    platform: str,
    at: datetime,
) -> bool:
    """Whether one consent by itself still covers these elements on the platform at `at` (R1, R24)."""
    if out_of_protection(person, at):
        return True
    left = [remaining(terms, person, at) for terms in consents if terms.kind == kind_for(capacity)]
    return any(platform in scope.platforms and scope.elements.issuperset(elements) for scope in left)


def _years_later(day: date, years: int) -> date:
    """The same day, years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
