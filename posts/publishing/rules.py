"""The delivery's life as one table, and the times the protocol rests on (design 7, docs/publishing.md). No Django."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# State -> the states that may follow. Anything else is refused by name, here and by the database.
# Any state may turn out to be published: a late answer is evidence (design 7.4).
NEXT: dict[str, frozenset[str]] = {
    "scheduled": frozenset({"claimed", "blocked", "returned", "cancelled", "published", "unknown"}),
    "claimed": frozenset({"scheduled", "sending", "blocked", "returned", "failed", "published", "unknown"}),
    "sending": frozenset({"published", "scheduled", "failed", "unknown"}),
    "unknown": frozenset({"published", "scheduled", "failed", "removed"}),
    "published": frozenset({"removed"}),
    "failed": frozenset({"published", "removed"}),
    "blocked": frozenset({"published", "removed"}),
    "returned": frozenset({"published", "removed"}),
    "cancelled": frozenset({"published", "removed"}),
    "removed": frozenset({"published"}),
    "found": frozenset({"removed"}),
}

# The send starts at most START_WINDOW after T2 and is cut off after SEND_TIMEOUT: together less than the lease.
CLAIM_LEASE = timedelta(seconds=90)
SEND_LEASE = timedelta(seconds=60)
START_WINDOW = timedelta(seconds=5)
SEND_TIMEOUT = timedelta(seconds=40)

# Uploading before T2: with CLAIM_LEASE the same promise as the send's.
PREPARE_TIMEOUT = timedelta(seconds=60)

# Posting by hand: how long text and picture are shown, which is its lease.
BY_HAND_WINDOW = timedelta(minutes=10)

# A post later than this does not go out by itself; it comes back to its author.
LATE_TOLERANCE = timedelta(minutes=30)

# Absence on the network is believed only after this; a takedown closes only after it, and is probed again.
QUARANTINE = timedelta(minutes=2)
LATER_PROBES = (timedelta(hours=1), timedelta(hours=24), timedelta(days=7))

# Probes and deletions: the time for each thing that is looked for, and the lease under which a whole turn is made.
ERRAND_TIMEOUT = timedelta(seconds=20)
ERRAND_LEASE = timedelta(minutes=3)
PROBE_AGAIN = timedelta(seconds=30)
TAKEDOWN_WAITS = tuple(timedelta(seconds=s) for s in (5, 15, 60, 300, 900))
GIVE_TO_A_PERSON_AFTER = 8

# Documented refusals that are tried again before giving up.
DEFINITE_RETRIES = 2
RETRY_AFTER = timedelta(minutes=2)

# A takedown by hand is due within one business day (R52).
BY_HAND_TAKEDOWN = timedelta(days=1)


class NotAllowedNext(Exception):
    """A delivery cannot go from one state to another."""


def check_next(state: str, after: str) -> None:
    """Raise `NotAllowedNext` unless `after` may follow `state`."""
    if after not in NEXT[state]:
        raise NotAllowedNext(f"A delivery that is {state} cannot become {after}.")


def sends_in_time() -> bool:
    """Whether start window and total time-out together stay inside the lease (design 7.3)."""
    return START_WINDOW + SEND_TIMEOUT < SEND_LEASE and START_WINDOW + PREPARE_TIMEOUT < CLAIM_LEASE


def turn_seconds(traces: int) -> float:
    """How long looking for so many traces, or removing them, may take: what outlasts its lease counts for nothing."""
    return min(ERRAND_TIMEOUT * traces, ERRAND_LEASE / 2).total_seconds()


def is_late(due_at: datetime, at: datetime) -> bool:
    """Whether a post has missed its slot by more than the tolerance."""
    return at - due_at > LATE_TOLERANCE


def wait_after(tries: int) -> timedelta:
    """How long a takedown waits after its nth failure."""
    return TAKEDOWN_WAITS[min(tries, len(TAKEDOWN_WAITS)) - 1]


class NotATime(ValueError):
    """What was typed is no instant by the practice's clock."""


def instant_at(text: str, zone: str) -> datetime:
    """The instant that ``2026-11-24T09:30`` means in `zone`. Raises `NotATime`.

    An hour that comes twice when the clocks go back means the first; one that is skipped is refused.
    """
    try:
        typed = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotATime("Choose a day and a time.") from error
    if typed.tzinfo is not None:
        raise NotATime("Choose a day and a time.")
    try:
        moment = typed.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except OverflowError as error:
        raise NotATime("Choose a day in the next years.") from error
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != typed:
        raise NotATime("The clocks change that night, and this hour is skipped. Choose another one.")
    return moment
