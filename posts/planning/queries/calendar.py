"""The calendar: what goes out and went out, day by day, and what will be stopped before its time comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from consent.access.models import Practice
from posts.clearance.queries import Answer, answers, outlooks
from posts.content.models import Version
from posts.publishing.models import Delivery
from posts.publishing.queries.worklists import deliveries_of

from .posts import UNDER_WAY

PAST, AHEAD = timedelta(days=14), timedelta(days=90)


@dataclass(frozen=True)
class Slot:
    """A delivery on its day, and what the gate would say at its hour."""

    delivery: Delivery
    answer: Answer | None

    @property
    def will_be_stopped(self) -> bool:
        """Whether the gate would refuse it as things stand."""
        return self.answer is not None and not self.answer.verdict.allowed


@dataclass(frozen=True)
class Day:
    """A day with something on it."""

    day: date
    slots: list[Slot]


def days(practice: Practice, at: datetime) -> list[Day]:
    """The days from two weeks ago to three months ahead on which anything goes out, by the practice's clock."""
    rows = deliveries_of(practice).filter(due_at__gte=at - PAST, due_at__lte=at + AHEAD)
    found = list(rows.exclude(version=None).exclude(state=Delivery.State.CANCELLED).order_by("due_at", "id"))
    said = _answers_in_time(practice, [one for one in found if one.state in UNDER_WAY], at)
    zone = ZoneInfo(practice.time_zone)
    by_day: dict[date, list[Slot]] = {}
    for delivery in found:
        day = delivery.due_at.astimezone(zone).date()
        by_day.setdefault(day, []).append(Slot(delivery, _of(delivery, said)))
    return [Day(day, slots) for day, slots in by_day.items()]


def _of(delivery: Delivery, said: dict[int, Answer]) -> Answer | None:
    """What was said of a delivery that is still to come."""
    return said.get(delivery.version_id or 0) if delivery.state in UNDER_WAY else None


def _answers_in_time(practice: Practice, deliveries: Iterable[Delivery], at: datetime) -> dict[int, Answer]:
    """What the gate would say of each version at its delivery's own hour, from facts read once."""
    due = {one.version_id: max(one.due_at, at) for one in deliveries if one.version_id is not None}
    found = outlooks(Version.objects.filter(pk__in=list(due)))
    then = [one.ruling(due[one.version.pk]) for one in found]
    return answers(practice, [(one.facts, one.verdict) for one in then], at).by_version
