"""Deliveries as pages show them: the dated list, one with all that happened to it, and what the gate said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from consent.access.models import Practice
from posts.channels.registry import capability_of
from posts.channels.rules import Capability
from posts.clearance.models import Decision
from posts.clearance.queries import Answer, answers, rulings
from posts.gate.decide import decide
from posts.gate.facts import PostFacts
from posts.gate.kept import from_json
from posts.publishing.models import BY_HAND, Attempt, Delivery, Takedown

from .due import is_paused
from .resting import last_received, people_in
from .worklists import deliveries_of

STATE = Delivery.State
# What the list can be narrowed to, and in which order it is read.
SHOWN: dict[str, tuple[str, tuple[str, ...], str]] = {
    "coming": ("Coming", (STATE.SCHEDULED, STATE.CLAIMED, STATE.SENDING, STATE.UNKNOWN), "due_at"),
    "out": ("Out", (STATE.PUBLISHED, STATE.FOUND), "-published_at"),
    "stopped": (
        "Stopped",
        (STATE.BLOCKED, STATE.RETURNED, STATE.FAILED, STATE.CANCELLED, STATE.REMOVED),
        "-changed_at",
    ),
}
_BADGES = {
    STATE.SCHEDULED: ("soon", "Scheduled"),
    STATE.CLAIMED: ("soon", "Being prepared"),
    STATE.SENDING: ("soon", "On its way"),
    STATE.PUBLISHED: ("on_file", "Out"),
    STATE.FOUND: ("on_file", "Out since before Postern"),
    STATE.UNKNOWN: ("conflict", "Not known"),
    STATE.FAILED: ("expired", "Refused by the network"),
    STATE.BLOCKED: ("withdrawn", "Stopped by the gate"),
    STATE.RETURNED: ("incomplete", "Back to its author"),
    STATE.CANCELLED: ("none", "Cancelled"),
    STATE.REMOVED: ("none", "Taken down"),
}


@dataclass(frozen=True)
class Badge:
    """A state as its badge says it: the key of the shape and the word."""

    key: str
    label: str


@dataclass(frozen=True)
class Line:
    """A delivery in the list."""

    delivery: Delivery
    badge: Badge
    title: str
    when: datetime


@dataclass(frozen=True)
class Day:
    """One day of the list, in the practice's zone."""

    day: date
    lines: list[Line]


@dataclass(frozen=True)
class DeliveryShown:
    """One delivery with its tries and takedowns, and why the gate stopped it, if it did."""

    line: Line
    attempts: list[Attempt]
    takedowns: list[Takedown]
    answer: Answer | None
    capability: Capability
    paused: bool


def listed(practice: Practice, show: str) -> QuerySet[Delivery]:
    """The deliveries of one part of the list, in its order."""
    _, states, order = SHOWN[show]
    return deliveries_of(practice).filter(state__in=states).order_by(order, "pk")


def by_day(practice: Practice, deliveries: Iterable[Delivery]) -> list[Day]:
    """Deliveries in their order, under the days of the practice's zone."""
    zone = ZoneInfo(practice.time_zone)
    lines = [line_of(delivery) for delivery in deliveries]
    grouped = groupby(lines, key=lambda line: line.when.astimezone(zone).date())
    return [Day(day, list(group)) for day, group in grouped]


def line_of(delivery: Delivery) -> Line:
    """A delivery as one line."""
    title = delivery.version.post.title if delivery.version else "A post from before"
    stopped = delivery.state in SHOWN["stopped"][1]
    when = delivery.changed_at if stopped else delivery.published_at or delivery.due_at
    key, label = _BADGES[STATE(delivery.state)]
    said = delivery.said_state if delivery.state in BY_HAND else label
    return Line(delivery, Badge(key, said), title, when)


def delivery_shown(delivery: Delivery, at: datetime) -> DeliveryShown:
    """Everything that one delivery's page shows."""
    return DeliveryShown(
        line=line_of(delivery),
        attempts=list(delivery.attempts.order_by("-fence")),
        takedowns=list(delivery.takedowns.select_related("done_by").order_by("-pk")),
        answer=_why_stopped(delivery, at),
        capability=capability_of(delivery.account),
        paused=is_paused(delivery),
    )


def window_open(delivery: Delivery, at: datetime) -> bool:
    """Whether a person who posts by hand may still see and post it: asked anew of the whole gate each time."""
    if delivery.state != STATE.SENDING or delivery.version is None:
        return False
    if delivery.lease_until is None or delivery.lease_until <= at or is_paused(delivery):
        return False
    received = last_received(people_in(delivery.version))
    [ruling] = rulings([delivery.version], max(at, received or at), final=True)
    return ruling.verdict.allowed and ruling.facts.digest == delivery.digest


def _why_stopped(delivery: Delivery, at: datetime) -> Answer | None:
    """What the gate said when it stopped this, in words, from the facts that it kept."""
    if delivery.state != STATE.BLOCKED:
        return None
    refused = Decision.objects.filter(version=delivery.version_id, account=delivery.account_id, allowed=False)
    decision = refused.exclude(stage=Decision.Stage.PREVIEW).order_by("-pk").first()
    if decision is None:
        return None
    facts: PostFacts = from_json(PostFacts, decision.facts)
    said = answers(delivery.practice, [(facts, decide(facts))], at)
    return said.by_version.get(facts.version)
