"""T1: take the next delivery that is due, and where the channel prepares, decide and write the attempt first."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.channels.registry import NoAdapter, adapter_of, capability_of
from posts.clearance.actions import keep_decision
from posts.clearance.queries import rulings
from posts.content.queries import left_out
from posts.publishing.models import Attempt, Delivery
from posts.publishing.queries.due import last_approved, next_due
from posts.publishing.rules import CLAIM_LEASE, LATE_TOLERANCE, RETRY_AFTER, is_late

from .locks import hold_people, version_of
from .moves import block, give_back, move, rely

LEFT_OUT = "It was taken out of the post, or the post was put away."


def claim(*, by: Actor, at: datetime) -> Delivery | None:
    """The delivery claimed for `by`, or stopped on the way (look at its state); None if none is due.

    Rows that another worker holds are passed over. No network is spoken to in here.
    """
    # Reading first: an idle worker takes no lock and, on SQLite, not the only pen.
    if next_due(at) is None:
        return None
    delivery = None
    try:
        with recording(by=by, at=at):
            found = next_due(at, lock=True)
            if found is not None:
                delivery = Delivery.objects.select_related("account__practice", "version__post").get(pk=found)
                _claim(delivery, by, at)
    except Exception:
        if delivery is not None:
            _put_off(delivery, at)
        raise
    return delivery


def _put_off(delivery: Delivery, at: datetime) -> None:
    """A delivery that cannot even be claimed must not keep the others waiting behind it."""
    rows = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SCHEDULED)
    rows.update(not_before=at + RETRY_AFTER)


def _claim(delivery: Delivery, by: Actor, at: datetime) -> None:
    """Claim it, unless it comes too late or the gate says no to preparing."""
    prepares = capability_of(delivery.account).two_phase
    # Whoever prepares decides about people; whoever does not leaves that to T2, which takes them then.
    instant = hold_people(version_of(delivery), at) if prepares else at
    why = _why_not_by_itself(delivery, at)
    if why:
        give_back(delivery, why, at)
    elif prepares:
        _prepare(delivery, by, at, instant)
    else:
        take_lease(delivery, by, at)


def _prepare(delivery: Delivery, by: Actor, at: datetime, instant: datetime) -> None:
    """Preparing is a disclosure already (R45): this decision binds, and is written before a byte leaves."""
    [ruling] = rulings([version_of(delivery)], instant, final=True)
    decision = keep_decision(ruling=ruling, stage="prepare", by=by, at=instant)
    if not decision.allowed:
        return block(delivery, decision, at)
    take_lease(delivery, by, at)
    attempt = Attempt(
        practice_id=delivery.practice_id,
        delivery=delivery,
        fence=delivery.fence,
        stage=Attempt.Stage.PREPARING,
        started_at=instant,
        prepare_decision=decision,
        digest=decision.digest,
        remote_key=remote_key(delivery.attempts.order_by("fence")),
        lease_until=at + CLAIM_LEASE,
    )
    rely(attempt, ruling)
    record(
        "delivery.preparing",
        delivery,
        attempt=attempt.pk,
        decision=decision.pk,
        digest=attempt.digest,
    )
    return None


def take_lease(delivery: Delivery, by: Actor, at: datetime) -> None:
    """Make it ours until the lease ends. The fence tells us from any later holder."""
    move(
        delivery,
        "claimed",
        at,
        fence=delivery.fence + 1,
        owner=str(by),
        lease_until=at + CLAIM_LEASE,
        not_before=None,
    )


def remote_key(earlier: Iterable[Attempt]) -> str:
    """Our name for it on the network: the same for every attempt, so that one that knows it shows it once.

    Random, because a restored database would give a new delivery an old number.
    """
    return next((attempt.remote_key for attempt in earlier), uuid4().hex)


def _why_not_by_itself(delivery: Delivery, at: datetime) -> str:
    """A sentence for the author if it should not go out without being asked for again."""
    if is_late(delivery.due_at, at):
        minutes = int(LATE_TOLERANCE.total_seconds() // 60)
        return f"Its time passed by more than {minutes} minutes. Choose a new time."
    if left_out(version_of(delivery)):
        return LEFT_OUT
    approved = last_approved(version_of(delivery))
    if approved and approved > delivery.due_at:
        return "It was approved after its time. Choose a new time."
    try:
        adapter_of(delivery.account)
    except NoAdapter as error:
        return str(error)
    return ""
