"""How long to wait before a message is tried again, and when to stop trying. No Django."""

from datetime import timedelta

LEASE = timedelta(minutes=5)
# A try that was cut off counts too: a message that kills its worker must not do so for ever.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
TRIES = len(WAITS) + 1


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after this many tries; None when it was the last."""
    return WAITS[tries - 1] if tries < TRIES else None
