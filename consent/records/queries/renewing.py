"""Whom we asked, who said no thanks, and when not to ask, read for many people at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from django.db.models import QuerySet

from consent.access.models import Practice
from consent.access.queries import today_at
from consent.people.models import Person
from consent.people.queries import identities, identity_ids, signer_rules
from consent.people.rules import SignerRule

from ..models import QuietTime, Refusal, RenewalRequest
from ..rules import Asking, ComingOfAge, Manners, Quiet, coming_of_age, standing, why_not_to_ask
from .dossiers import Dossier, dossiers

ASKED_ANEW_AFTER = timedelta(days=365)


class OfPerson(Protocol):
    """A row about one person."""

    @property
    def person_id(self) -> int: ...


Row = TypeVar("Row", bound=OfPerson)


@dataclass(frozen=True)
class ToAsk:
    """A person who might be asked: what is on record, who signs, and why they cannot be asked today, if so."""

    person: Person
    dossier: Dossier
    signer: SignerRule
    asking: Asking
    why_not: tuple[str, ...]


def manners_of(practice: Practice) -> Manners:
    """The practice's own rules of asking."""
    return Manners(practice.cooling_off_days, practice.months_after_a_no)


def to_ask(people: Collection[Person], at: datetime, *, they_asked: bool = False) -> dict[int, ToAsk]:
    """Whether each of these people of one practice may be asked at `at`; a constant number of queries."""
    ids = [person.pk for person in people]
    files, signers, halves = dossiers(ids), signer_rules(people, at, identify=True), identities(ids)
    everyone = set().union(*halves.values())
    refusals = _by_person(Refusal.objects.filter(person__in=everyone))
    requests = _by_person(RenewalRequest.objects.filter(person__in=everyone))
    quiet = _by_person(QuietTime.objects.filter(person__in=everyone, ended_at=None))
    found = {}
    for person in people:
        group, dossier = halves[person.pk], files[person.pk]
        today = today_at(person.practice, at)
        noes = [one.said_at for half in group for one in refusals[half]]
        asked = [one.asked_at for half in group for one in requests[half]]
        asking = Asking(
            standing=standing(dossier.terms, dossier.person, at, dossier.disputed_since).key,
            deceased=dossier.person.deceased_on is not None,
            somebody_may_sign=signers[person.pk].somebody_may_sign,
            waiting_since=_day(person, _unanswered(asked, noes, dossier)),
            said_no_on=_day(person, _last_no(noes, dossier)),
            quiet=tuple(Quiet(one.visit_on, one.until) for half in group for one in quiet[half]),
        )
        reasons = why_not_to_ask(asking, manners_of(person.practice), today, they_asked=they_asked)
        found[person.pk] = ToAsk(person, dossier, signers[person.pk], asking, tuple(reasons))
    return found


def unanswered(practice: Practice, at: datetime) -> list[RenewalRequest]:
    """The requests that no signature and no no thanks has answered, the oldest first; reminders stop at an answer."""
    # Whoever has not answered in a year is asked anew, not reminded.
    rows = RenewalRequest.objects.filter(practice=practice, asked_at__gt=at - ASKED_ANEW_AFTER)
    recent = list(rows.select_related("person__practice", "consent").order_by("asked_at", "pk"))
    facts = to_ask({one.person_id: one.person for one in recent}.values(), at) if recent else {}
    latest = {one.person_id: one for one in recent if facts[one.person_id].asking.waiting_since}
    return list(latest.values())


def grown_ups(people: Collection[Person], at: datetime) -> dict[int, ComingOfAge]:
    """Those of the people who come of age and are still to be asked; a constant number of queries."""
    ids = [person.pk for person in people]
    files, halves = dossiers(ids), identities(ids)
    said = Refusal.objects.filter(said_by__in=set().union(*halves.values()))
    noes = defaultdict(list)
    for one in said:
        noes[one.said_by_id].append(one.said_at)
    found = {}
    for pk, dossier in files.items():
        own = [moment for half in halves[pk] for moment in noes[half]]
        turning = coming_of_age(dossier.terms, dossier.person, own, at)
        if turning is not None:
            found[pk] = turning
    return found


def refusals_of(person: Person) -> QuerySet[Refusal]:
    """Every no thanks about the person, the latest first."""
    return Refusal.objects.filter(person__in=identity_ids(person)).order_by("-said_at", "-pk")


def quiet_times_of(person: Person) -> QuerySet[QuietTime]:
    """The times of not asking that nobody ended, the latest first."""
    return QuietTime.objects.filter(person__in=identity_ids(person), ended_at=None).order_by("-pk")


def _by_person(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _signed(dossier: Dossier) -> list[datetime]:
    return [terms.signed_at for terms in dossier.terms if terms.kind == "authorization"]


def _unanswered(asked: list[datetime], noes: list[datetime], dossier: Dossier) -> datetime | None:
    """When they were asked last, if neither a signature nor a no thanks came after."""
    last = max(asked, default=None)
    answers = [*noes, *_signed(dossier)]
    return None if last is None or any(answer >= last for answer in answers) else last


def _last_no(noes: list[datetime], dossier: Dossier) -> datetime | None:
    """The last no thanks, unless they signed since."""
    last = max(noes, default=None)
    return None if last is None or any(signed > last for signed in _signed(dossier)) else last


def _day(person: Person, moment: datetime | None) -> date | None:
    return today_at(person.practice, moment) if moment else None
