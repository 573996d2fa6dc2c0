"""Trying a PIN: three wrong ones in a row lock that person's PIN for fifteen minutes. No Django."""

from collections.abc import Iterable
from datetime import datetime, timedelta

MAX_TRIES = 3
LOCKED_FOR = timedelta(minutes=15)


def locked_until(tries: Iterable[tuple[datetime, bool]], at: datetime) -> datetime | None:
    """Until when a PIN may not be tried, or None if it may. `tries` are (when, was it right), oldest first."""
    wrong, end = 0, None
    for tried_at, was_right in tries:
        wrong = 0 if was_right else wrong + 1
        if wrong == MAX_TRIES:
            wrong, end = 0, tried_at + LOCKED_FOR
    return end if end is not None and at < end else None


def tries_left(failures: int) -> int:
    """How many wrong PINs are still allowed."""
    return max(MAX_TRIES - failures, 0)
