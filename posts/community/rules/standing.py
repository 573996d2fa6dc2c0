"""How far a request is: derived from what happened, never stored (what time alone can change is not kept)."""

from dataclasses import dataclass
from datetime import datetime

# In the order of the board. The last four end it.
STEPS = {
    "drafted": "Not sent yet",
    "requested": "Asked",
    "seen": "Seen",
    "replied": "Author replied",
    "licensed": "Licensed",
    "authorized": "Authorized",
    "cleared": "Cleared",
    "declined": "No thanks",
    "lapsed": "Lapsed",
    "withdrawn": "Withdrawn",
    "gone": "Original gone",
}
ENDED = ("declined", "lapsed", "withdrawn", "gone")


@dataclass(frozen=True)
class RequestFacts:
    """What is known of a request at an instant.

    `licensed` says that the author's licence stands; `permitted` that each patient's authorization does; `withdrawn`
    that one that was given stands no longer; `passes` that the gate lets the post out on some channel.
    """

    lapses_at: datetime
    sent_at: datetime | None = None
    seen_at: datetime | None = None
    replied_at: datetime | None = None
    declined_at: datetime | None = None
    called_off_at: datetime | None = None
    gone_at: datetime | None = None
    licensed: bool = False
    permitted: bool = False
    withdrawn: bool = False
    passes: bool = False


def standing_of(facts: RequestFacts, at: datetime) -> str:
    """The step of `STEPS` that a request is at."""
    if facts.declined_at is not None:
        return "declined"
    if facts.gone_at is not None and facts.gone_at <= at:
        return "gone"
    if facts.withdrawn or facts.called_off_at is not None:
        return "withdrawn"
    if facts.licensed:
        return _signed(facts)
    if facts.sent_at is None:
        return "drafted"
    if facts.lapses_at <= at:
        return "lapsed"
    return _answered(facts)


def _signed(facts: RequestFacts) -> str:
    """How far the papers are, once the author has licensed."""
    if not facts.permitted:
        return "licensed"
    return "cleared" if facts.passes else "authorized"


def _answered(facts: RequestFacts) -> str:
    """How far the author is before any paper."""
    if facts.replied_at is not None:
        return "replied"
    return "seen" if facts.seen_at is not None else "requested"
