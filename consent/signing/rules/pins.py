"""Trying a PIN: every third wrong one in a row locks it, each time for longer, in the end for good. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_TRIES = 3
WAITS = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


@dataclass(frozen=True)
class Lock:
    """A PIN that may not be tried `until` an instant; without one, until its owner signs in with their password."""

    until: datetime | None


def lock_of(wrong: Sequence[datetime], at: datetime) -> Lock | None:
    """Whether a PIN is locked at `at`. `wrong` says when wrong ones were tried since the last right one, in order."""
    locks, after = divmod(len(wrong), MAX_TRIES)
    if not locks or after:
        return None
    if locks > len(WAITS):
        return Lock(None)
    until = wrong[-1] + WAITS[locks - 1]
    return Lock(until) if at < until else None


def lasts(lock: Lock, at: datetime) -> str:
    """How much longer, in words; empty if no time ends it."""
    if lock.until is None:
        return ""
    seconds = max(int((lock.until - at).total_seconds()), 1)
    number, unit = (seconds // 60, "minute") if seconds >= 60 else (seconds, "second")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def tries_left(failures: int) -> int:
    """How many wrong PINs are still allowed."""
    return max(MAX_TRIES - failures, 0)
