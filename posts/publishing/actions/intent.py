"""T2: ask the whole gate again, and commit to sending exactly what it answered about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.channels.rules import Handle, Parcel
from posts.clearance.actions import keep_decision
from posts.clearance.models import Decision
from posts.clearance.queries import Ruling, rulings
from posts.content.queries import payload_of
from posts.content.rules import Payload
from posts.publishing.models import Attempt, Delivery
from posts.publishing.queries.due import being_taken_down, is_paused
from posts.publishing.queries.parcels import parcel_of
from posts.publishing.rules import SEND_LEASE

from .claim import remote_key
from .locks import hold_people, take, version_of
from .moves import block, move, owe_cleaning, rely


@dataclass(frozen=True)
class Intent:
    """A committed intent to send: the attempt, and exactly what it may send."""

    attempt: Attempt
    parcel: Parcel


def intend(
    *,
    delivery: Delivery,
    handle: Handle | None = None,
    stage: str = "intent",
    lease: timedelta = SEND_LEASE,
    by: Actor,
    at: datetime,
) -> Intent | None:
    """Commit to sending, or stop; None if the delivery was lost, paused, or refused by the gate.

    `delivery` is the row as it was claimed: its fence says whether it is still ours. `handle` is what the channel
    prepared. This decision is the binding one (design 7.2); the database checks it once more.
    """
    with recording(by=by, at=at):
        row = take(delivery.pk)
        attempts = list(row.attempts.order_by("fence"))
        attempt = next((one for one in attempts if one.fence == delivery.fence), None)
        if attempt is not None and handle is not None:
            attempt.prepared = dict(handle)
        if row.state != Delivery.State.CLAIMED or row.fence != delivery.fence:
            _lost(row, attempt, at)
            return None
        version = version_of(row)
        instant = hold_people(version, at)
        if is_paused(row):
            _put_back(row, attempt, "Publishing is paused.", at)
            return None
        if being_taken_down(row):
            _put_back(row, attempt, "An earlier try is being taken down first.", at)
            return None
        # Read again only now that nobody can take anything back unnoticed.
        payload = payload_of(version)
        [ruling] = rulings([version], instant, final=True)
        decision = keep_decision(ruling=ruling, stage=stage, by=by, at=instant)
        if not decision.allowed or not _is_what_was_prepared(attempt, payload, decision):
            _refused(row, attempt, decision, at)
            return None
        attempt = attempt or _new_attempt(row, attempts, instant)
        _commit(row, attempt, ruling, decision, at + lease)
        record("delivery.intended", row, attempt=attempt.pk, decision=decision.pk, digest=decision.digest)
    return Intent(attempt, parcel_of(payload, attempt.remote_key, attempt.rests_on))


def _new_attempt(row: Delivery, earlier: Sequence[Attempt], instant: datetime) -> Attempt:
    """The first that is written of this try: nothing was prepared."""
    return Attempt(
        practice_id=row.practice_id,
        delivery=row,
        fence=row.fence,
        started_at=instant,
        remote_key=remote_key(earlier),
    )


def _commit(
    row: Delivery, attempt: Attempt, ruling: Ruling, decision: Decision, lease_until: datetime
) -> None:
    """The attempt and the delivery, both on their way."""
    attempt.stage = Attempt.Stage.SENDING
    attempt.intent_at = decision.at
    attempt.digest = decision.digest
    attempt.lease_until = lease_until
    rely(attempt, ruling)
    move(
        row,
        "sending",
        decision.at,
        intent_at=decision.at,
        decision=decision,
        digest=decision.digest,
        lease_until=lease_until,
    )


def _is_what_was_prepared(attempt: Attempt | None, payload: Payload, decision: Decision) -> bool:
    """Whether the decision is about what is read now, and what lies prepared is the same."""
    return payload.digest == decision.digest and (attempt is None or attempt.digest == decision.digest)


def _lost(row: Delivery, attempt: Attempt | None, at: datetime) -> None:
    """Someone else has it, or it was stopped: what we prepared is to be cleaned up."""
    if attempt is not None and attempt.ended_at is None:
        end_unsent(attempt, "It was stopped while being prepared.", at)
    elif attempt is not None:
        # Reaped meanwhile: the handle is evidence of what lies there.
        attempt.save(update_fields=["prepared"])
    owe_cleaning(row, at)


def _put_back(row: Delivery, attempt: Attempt | None, why: str, at: datetime) -> None:
    """Back in the queue until what is in the way has gone."""
    end_unsent(attempt, why, at)
    move(row, "scheduled", at, lease_until=None, owner="")


def _refused(row: Delivery, attempt: Attempt | None, decision: Decision, at: datetime) -> None:
    """The gate closed, or the post was changed, since it was claimed."""
    end_unsent(attempt, "The gate closed before it was sent.", at)
    if decision.allowed:
        move(row, "returned", at, why="It was changed while it was being sent. Choose a new time.")
        record("delivery.returned", row, why="changed")
        owe_cleaning(row, at)
    else:
        block(row, decision, at)


def end_unsent(attempt: Attempt | None, detail: str, at: datetime) -> None:
    """Close an attempt of which nothing was sent beyond what it prepared."""
    if attempt is None:
        return
    attempt.stage, attempt.outcome = Attempt.Stage.DONE, Attempt.Outcome.NOT_SENT
    attempt.detail, attempt.ended_at = detail, at
    attempt.save(update_fields=["stage", "outcome", "detail", "ended_at", "prepared"])
