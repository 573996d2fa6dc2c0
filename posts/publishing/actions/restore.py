"""After a backup was restored: pause, receive forgotten withdrawals again, doubt all that was due (design 7.11)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.records.actions import replay_journal
from posts.publishing.queries.due import unfinished

from .locks import take
from .moves import move
from .pause import AlreadyPaused, pause

WHY = "The database was restored from a backup. Look whether it went out meanwhile."


@dataclass(frozen=True)
class Restored:
    """How many withdrawals were received again, and how many deliveries nobody knows about."""

    withdrawals: int
    unknown: int


def after_restore(*, by: Actor, at: datetime) -> Restored:
    """Make a restored database safe to publish from. Running it again finds nothing more to do.

    Raises `consent.records.journal.JournalDamaged`; then nothing was changed.
    """
    with recording(by=by, at=at):
        with suppress(AlreadyPaused):
            pause(practice=None, why="A backup was restored.", by=by, at=at)
        withdrawals = replay_journal(by=by, at=at)
        doubtful = list(unfinished(at).values_list("pk", flat=True))
        for delivery_id in doubtful:
            _forget(delivery_id, at)
    return Restored(withdrawals, len(doubtful))


def _forget(delivery_id: int, at: datetime) -> None:
    """Nobody knows whether it went out. Without a time to probe, only a person settles it."""
    row = take(delivery_id)
    move(row, "unknown", at, why=WHY, owner="", lease_until=None, not_before=None)
    record("delivery.unknown", row, detail="restored")
