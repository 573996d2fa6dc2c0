"""Put an approved version into the queue, move it, take it out again."""

from datetime import datetime

from django.db.models import Max

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.clearance.actions import GateRefused, decide
from posts.clearance.queries import approval_of
from posts.content.models import Post, Version
from posts.content.queries import left_out
from posts.publishing.models import Delivery

from .claim import LEFT_OUT
from .locks import hold_people, take
from .moves import move, owe_cleaning

UNDER_WAY = (
    Delivery.State.SCHEDULED,
    Delivery.State.CLAIMED,
    Delivery.State.SENDING,
    Delivery.State.UNKNOWN,
)


class InThePast(Exception):
    """A post cannot be scheduled for a time that has passed."""


class NotApproved(Exception):
    """Nobody has approved the version as it stands now."""


class AlreadyScheduled(Exception):
    """The version is in the queue already, or on its way."""


class TooLateToChange(Exception):
    """The delivery has left the queue: it cannot be moved or cancelled any more."""


def schedule(*, version: Version, due_at: datetime, by: Actor, at: datetime) -> Delivery:
    """Send the version at `due_at`, or as soon as a worker is free after it.

    Raises `InThePast`, `NotApproved`, `AlreadyScheduled`, or `GateRefused` with the decision, which is kept.
    """
    _check_time(due_at, at)
    with recording(by=by, at=at):
        # Whoever puts the post away, or leaves the channel out, takes the post too: it is wholly before or after.
        Post.objects.select_for_update(no_key=True).get(pk=version.post_id)
        # Two people may press the button: the second finds the first one's delivery.
        rows = Version.objects.select_for_update(no_key=True, of=("self",)).select_related("post")
        version = rows.get(pk=version.pk)
        instant = hold_people(version, at)
        if Delivery.objects.filter(version=version, state__in=UNDER_WAY).exists():
            raise AlreadyScheduled("This is scheduled already. Move or cancel it under “Going out”.")
        if left_out(version):
            raise NotApproved(LEFT_OUT)
        approval = approval_of(version)
        if approval is None:
            raise NotApproved("This is not approved as it stands now. Send it for review first.")
        decision = decide(version=version, stage="schedule", by=by, at=instant)
        if decision.allowed:
            return _queue(version, due_at, approval.approved_at, by, at)
    raise GateRefused([decision])


def reschedule(*, delivery: Delivery, due_at: datetime, by: Actor, at: datetime) -> None:
    """Send it at another time. Raises `InThePast` or `TooLateToChange`."""
    _check_time(due_at, at)
    with recording(by=by, at=at):
        row = _in_the_queue(delivery)
        row.due_at, row.not_before, row.changed_at = due_at, None, at
        row.save(update_fields=["due_at", "not_before", "changed_at"])
        record("delivery.rescheduled", row, due_at=due_at)


def cancel(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Take it out of the queue. Raises `TooLateToChange`."""
    with recording(by=by, at=at):
        row = _in_the_queue(delivery)
        move(row, "cancelled", at)
        record("delivery.cancelled", row)
        owe_cleaning(row, at)


def _queue(version: Version, due_at: datetime, approved_at: datetime, by: Actor, at: datetime) -> Delivery:
    earlier = Delivery.objects.filter(version=version, account_id=version.account_id)
    was_out = earlier.filter(published_at__isnull=False).exists()
    occasion = Delivery.Occasion.AGAIN if was_out else Delivery.Occasion.FIRST
    last = earlier.filter(occasion=occasion).aggregate(last=Max("number"))["last"]
    delivery = Delivery.objects.create(
        practice_id=version.practice_id,
        version=version,
        account_id=version.account_id,
        occasion=occasion,
        number=(last or 0) + 1,
        due_at=due_at,
        approved_at=approved_at,
        scheduled_by_id=int(by.id) if by.kind == "user" else None,
        changed_at=at,
    )
    record("delivery.scheduled", delivery, version=version.pk, account=version.account_id, due_at=due_at)
    return delivery


def _check_time(due_at: datetime, at: datetime) -> None:
    if due_at < at:
        raise InThePast("That time has passed. Choose a time from now on.")


def _in_the_queue(delivery: Delivery) -> Delivery:
    row = take(delivery.pk)
    if row.state != Delivery.State.SCHEDULED:
        raise TooLateToChange(f"It is no longer in the queue: {row.said_state.lower()}.")
    return row
