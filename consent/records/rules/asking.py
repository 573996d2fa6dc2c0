"""Whether somebody may be asked (again), and whose turn it is when a child comes of age. No Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .terms import REPRESENTATIVE, PersonFacts, Terms, majority, signed_for_a_minor
from .validity import problems

COMES_OF_AGE = timedelta(days=60)
INSTANT = timedelta(microseconds=1)
NOT_ASKED = ("hold", "conflict")


@dataclass(frozen=True)
class Manners:
    """The practice's own rules of asking: days around a visit without asking, months after a no thanks."""

    days_around_a_visit: int
    months_after_a_no: int


@dataclass(frozen=True)
class Quiet:
    """A time of not asking: around the day of a visit, or until a day."""

    visit_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What decides whether a person may be asked on a day. `standing` is the key of their badge."""

    standing: str
    deceased: bool
    somebody_may_sign: bool
    waiting_since: date | None = None
    said_no_on: date | None = None
    quiet: tuple[Quiet, ...] = ()


@dataclass(frozen=True)
class ComingOfAge:
    """Whoever a parent signed for is about to decide, or decides now. `consents` rest on the parent's signature."""

    decides_from: datetime
    is_adult: bool
    consents: tuple[int, ...]


def why_not_to_ask(asking: Asking, manners: Manners, today: date, *, they_asked: bool = False) -> list[str]:
    """Every reason not to ask on `today`, in words; none if asking is fine.

    A no thanks is not remembered against somebody who asks us (`they_asked`); everything else holds for them too.
    """
    found = []
    if asking.deceased:
        found.append("The person has died.")
    if asking.standing in NOT_ASKED:
        found.append("Everything is on hold. Settle that first.")
    if not asking.somebody_may_sign:
        found.append("Nobody may sign for them today.")
    free = max((quiet_until(one, manners, today) or today for one in asking.quiet), default=today)
    if free > today:
        found.append(f"Not before {_told(free)}: a visit or procedure, or they asked not to be asked.")
    if asking.said_no_on and not they_asked and today < (again := asks_from(asking.said_no_on, manners)):
        found.append(f"They said no thanks on {_told(asking.said_no_on)}. Not before {_told(again)}.")
    if asking.waiting_since:
        found.append(f"They were asked on {_told(asking.waiting_since)} and have not answered.")
    return found


def quiet_until(quiet: Quiet, manners: Manners, today: date) -> date | None:
    """The first day on which one may ask again; None if nothing is quiet on `today`."""
    if quiet.until is not None:
        return quiet.until if today < quiet.until else None
    assert quiet.visit_on is not None
    around = timedelta(days=manners.days_around_a_visit)
    if not quiet.visit_on - around <= today <= quiet.visit_on + around:
        return None
    return quiet.visit_on + around + timedelta(days=1)


def asks_from(said_no_on: date, manners: Manners) -> date:
    """The first day on which somebody who said no thanks may be asked again."""
    months = said_no_on.month - 1 + manners.months_after_a_no
    year, month = said_no_on.year + months // 12, months % 12 + 1
    for day in (said_no_on.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def coming_of_age(
    terms: Iterable[Terms], person: PersonFacts, refusals: Iterable[datetime], at: datetime
) -> ComingOfAge | None:
    """Whether it is time to ask the new adult: from 60 days before the 18th birthday until they answered (R28).

    The answer is an authorization with their own hand from that day on, or a no thanks within the 60 days or later.
    """
    terms = list(terms)
    grown = max((day for one in terms if (day := majority(person.born, one.zone))), default=None)
    if grown is None or person.deceased_on is not None or person.emancipated or at < grown - COMES_OF_AGE:
        return None
    signed = any(
        one.kind == "authorization" and one.signer_role != REPRESENTATIVE and one.signed_at >= grown
        for one in terms
    )
    if signed or any(said >= grown - COMES_OF_AGE for said in refusals):
        return None
    last = min(at, grown - INSTANT)
    resting = tuple(
        one.consent_id
        for one in terms
        if signed_for_a_minor(one, person)
        and all(problem.code == "CONSENT_SUSPENDED" for problem in problems(one, person, last))
    )
    return ComingOfAge(grown, at >= grown, resting) if resting else None


def _told(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
