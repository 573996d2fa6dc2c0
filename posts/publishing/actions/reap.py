"""Leases that ran out. What was claimed goes back; what was on its way becomes unknown, never scheduled by itself."""

from datetime import datetime

from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.outbox.actions import enqueue_mail
from posts.channels.registry import capability_of
from posts.publishing.models import Attempt, Delivery
from posts.publishing.queries.due import expired_attempts, expired_claims
from posts.publishing.rules import CLAIM_LEASE

from .locks import take
from .moves import move, owe_cleaning

NO_OUTCOME = "Whoever was sending it stopped before the answer."


def reap_one(*, by: Actor, at: datetime) -> bool:
    """End one lease that ran out; False when there is none."""
    attempt = expired_attempts(at).first()
    if attempt is not None:
        try:
            _reap_attempt(attempt, by, at)
        except Exception:
            # The others must not wait behind one that cannot be ended.
            expired_attempts(at).filter(pk=attempt.pk).update(lease_until=at + CLAIM_LEASE)
            raise
        return True
    claimed = expired_claims(at).first()
    if claimed is not None:
        _reap_claim(claimed, by, at)
        return True
    return False


def _reap_attempt(found: Attempt, by: Actor, at: datetime) -> None:
    """Nobody will tell us its outcome any more; if someone does after all, that counts (outcome.py)."""
    with recording(by=by, at=at):
        row = take(found.delivery_id)
        attempt = expired_attempts(at).filter(pk=found.pk).first()
        if attempt is None:
            return
        was_sending = attempt.stage == Attempt.Stage.SENDING
        attempt.stage, attempt.outcome = Attempt.Stage.LOST, Attempt.Outcome.UNKNOWN
        attempt.detail, attempt.ended_at = NO_OUTCOME, at
        attempt.save(update_fields=["stage", "outcome", "detail", "ended_at"])
        current = row.fence == attempt.fence
        if current and was_sending and row.state == Delivery.State.SENDING:
            move(row, "unknown", at, lease_until=None, not_before=at)
            record("delivery.unknown", row, attempt=attempt.pk, detail=NO_OUTCOME)
            _ask_who_posted(row, at)
        if not was_sending:
            if current and row.state == Delivery.State.CLAIMED:
                move(row, "scheduled", at, lease_until=None, owner="")
            owe_cleaning(row, at)


def _reap_claim(found: Delivery, by: Actor, at: datetime) -> None:
    """Nothing was done with it: it is free again."""
    with recording(by=by, at=at):
        row = take(found.pk)
        if expired_claims(at).filter(pk=row.pk).exists():
            move(row, "scheduled", at, lease_until=None, owner="")


def _ask_who_posted(row: Delivery, at: datetime) -> None:
    """One question to the person who was posting by hand and did not say how it went."""
    kind, _, number = row.owner.partition(":")
    if kind != "user" or not capability_of(row.account).by_hand:
        return
    user = User.objects.get(pk=int(number))
    enqueue_mail(
        kind="by_hand_question",
        recipient=user.email,
        subject="Did you post it?",
        body=(
            f"{user.name}, you opened a post for {row.account} and did not say whether it went out. "
            "Please open “Going out” in Postern and answer: it is out, with its address, or it is not."
        ),
        practice_id=row.practice_id,
        about=f"delivery:{row.pk}",
        at=at,
    )
