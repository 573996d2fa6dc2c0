"""T3: keep what the network answered. A late answer is evidence whatever has become of the delivery since."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.records.actions import note_uses
from consent.records.models import Consent
from posts.channels.rules import CommitAnswer, Done, Refused, Unknown
from posts.publishing.models import Attempt, AttemptReliance, Delivery, Takedown
from posts.publishing.queries.due import being_taken_down
from posts.publishing.queries.usage import taken_back
from posts.publishing.rules import DEFINITE_RETRIES, NEXT, PROBE_AGAIN, RETRY_AFTER

from .locks import take
from .moves import move, owe_cleaning, owe_takedown

DETAIL_LENGTH = 300
# Someone or the gate has stopped it: if it turns out to be out all the same, it has to come down.
UNWANTED = (
    Delivery.State.REMOVED,
    Delivery.State.CANCELLED,
    Delivery.State.BLOCKED,
    Delivery.State.RETURNED,
)


def keep_outcome(*, attempt: Attempt, answer: CommitAnswer, by: Actor, at: datetime) -> Delivery:
    """The delivery after the answer to `attempt`: published, tried again, failed, or unknown."""
    with recording(by=by, at=at):
        row = take(attempt.delivery_id)
        ours = row.state == Delivery.State.SENDING and row.fence == attempt.fence
        match answer:
            case Done():
                _published(row, attempt, answer, at)
            case Refused():
                _refused(row, attempt, answer, ours, at)
            case Unknown():
                _unknown(row, attempt, answer.detail, ours, at)
    return row


def keep_unprepared(*, delivery: Delivery, answer: Refused | Unknown, by: Actor, at: datetime) -> None:
    """Preparing failed: try again later, or give up. What it may have left is cleaned up first."""
    with recording(by=by, at=at):
        row = take(delivery.pk)
        attempt = row.attempts.filter(fence=delivery.fence, ended_at=None).first()
        if attempt is not None:
            # Even a refusal may come after the first of several uploads.
            attempt.stage, attempt.outcome = Attempt.Stage.LOST, Attempt.Outcome.UNKNOWN
            attempt.detail, attempt.ended_at = answer.detail[:DETAIL_LENGTH], at
            attempt.save(update_fields=["stage", "outcome", "detail", "ended_at"])
        if row.state == Delivery.State.CLAIMED and row.fence == delivery.fence:
            _again_or_never(row, isinstance(answer, Refused) and answer.permanent, answer.detail, at)
        owe_cleaning(row, at)


def mark_published(row: Delivery, remote_id: str, url: str, at: datetime) -> None:
    """It is out. If that is not wanted any more, or its permission is gone meanwhile, its takedown is owed at once."""
    unwanted = row.state in UNWANTED or being_taken_down(row)
    fields = {"remote_id": remote_id, "remote_url": url, "published_at": row.published_at or at}
    if "published" in NEXT[row.state]:
        move(row, "published", at, lease_until=None, owner="", why="", **fields)
    else:
        # Out already, or another attempt is on its way and will be kept with its own answer.
        for name, value in fields.items():
            setattr(row, name, getattr(row, name) or value)
        row.save(update_fields=list(fields))
    _note_disclosures(row, at)
    if taken_back(row, at):
        owe_takedown(row, Takedown.Why.WITHDRAWN, at)
    elif unwanted:
        owe_takedown(row, Takedown.Why.RESURFACED, at)


def _note_disclosures(row: Delivery, at: datetime) -> None:
    """Each consent that an attempt rested on was used for this version: some states count uses (R77)."""
    relied_on = AttemptReliance.objects.filter(delivery=row).values("consent_id")
    rows = Consent.objects.filter(pk__in=relied_on).only("practice_id", "person_id")
    consents = list(rows.order_by("pk"))
    if consents:
        note_uses(
            consents=consents, reference=f"version:{row.version_id}", platform=row.account.platform, at=at
        )


def _published(row: Delivery, attempt: Attempt, answer: Done, at: datetime) -> None:
    attempt.stage, attempt.outcome = Attempt.Stage.DONE, Attempt.Outcome.PUBLISHED
    attempt.remote_id, attempt.ended_at = answer.remote_id, at
    attempt.save(update_fields=["stage", "outcome", "remote_id", "ended_at"])
    mark_published(row, answer.remote_id, answer.url, at)
    record("delivery.published", row, attempt=attempt.pk, remote_id=answer.remote_id)


def _refused(row: Delivery, attempt: Attempt, answer: Refused, ours: bool, at: datetime) -> None:
    """A documented refusal: nothing happened. A few tries, then no more."""
    attempt.stage, attempt.outcome = Attempt.Stage.DONE, Attempt.Outcome.REFUSED
    attempt.detail, attempt.ended_at = answer.detail[:DETAIL_LENGTH], at
    attempt.save(update_fields=["stage", "outcome", "detail", "ended_at"])
    if ours:
        record("delivery.refused", row, attempt=attempt.pk, detail=attempt.detail)
        _again_or_never(row, answer.permanent, answer.detail, at)


def _unknown(row: Delivery, attempt: Attempt, detail: str, ours: bool, at: datetime) -> None:
    """No clear answer: never sent again without a probe or a person."""
    attempt.stage, attempt.outcome = Attempt.Stage.LOST, Attempt.Outcome.UNKNOWN
    attempt.detail, attempt.ended_at = detail[:DETAIL_LENGTH], at
    attempt.save(update_fields=["stage", "outcome", "detail", "ended_at"])
    if ours:
        record("delivery.unknown", row, attempt=attempt.pk, detail=attempt.detail)
        move(row, "unknown", at, lease_until=None, not_before=at + PROBE_AGAIN)


def _again_or_never(row: Delivery, permanent: bool, detail: str, at: datetime) -> None:
    """Back in the queue a few times, then failed; what lies prepared then is cleaned up."""
    if permanent or row.retries >= DEFINITE_RETRIES:
        move(row, "failed", at, why=detail[:DETAIL_LENGTH], lease_until=None)
        owe_cleaning(row, at)
    else:
        move(
            row,
            "scheduled",
            at,
            retries=row.retries + 1,
            not_before=at + RETRY_AFTER,
            lease_until=None,
            owner="",
        )
