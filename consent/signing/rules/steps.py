"""The ceremony as one state machine: the life of a ceremony, the steps at the tablet, and its clocks. No Django."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

# The life of a ceremony: what may follow what. A tablet that comes back unfinished is prepared again.
NEXT_STATES = {
    "prepared": frozenset({"open", "paper", "abandoned"}),
    "open": frozenset({"prepared", "paper", "signed", "declined", "abandoned"}),
    "paper": frozenset({"paper", "signed", "abandoned"}),
    "signed": frozenset[str](),
    "declined": frozenset[str](),
    "abandoned": frozenset[str](),
}

# The steps at the tablet, in order, each with the lists of the form that it asks.
ASKS = {
    "welcome": (),
    "disclosure": (),
    "elements": ("elements",),
    "platforms": ("platforms",),
    "formats": ("formats", "paid", "only_this_post", "edits"),
    "purposes": ("purposes",),
    "ties": ("ties",),
    "ends": ("ends",),
    "assent": ("assent",),
    "review": (),
    "sign": (),
}
ALWAYS = frozenset({"welcome", "disclosure", "review", "sign"})
DONE = "done"

# How long a page in the signer's hands may lie untouched: a tablet is passed on, one's own phone rings.
IDLE_AFTER = {
    "tablet": timedelta(minutes=2),
    "phone": timedelta(minutes=10),
    "link": timedelta(minutes=20),
    "event": timedelta(minutes=10),
}
RETURN_WITHIN = timedelta(minutes=30)
HANDED_OVER_FOR = timedelta(hours=2)
WITNESS_HOLDS_FOR = timedelta(minutes=30)

# What 15 USC 7001(c)(1)(B)-(C) asks to be said before a record is electronic (R70).
DISCLOSURE_VERSION = "2026-11"
DISCLOSURE = ("disclosure_1", "disclosure_2", "disclosure_3", "disclosure_4", "disclosure_5")


class NotNow(Exception):
    """The ceremony is not at the point where this can be done; the sentence says where it is."""


@dataclass(frozen=True)
class Progress:
    """Where the signer is: "2 of 5"."""

    number: int
    of: int


def require_move(state: str, to: str) -> None:
    """Raise `NotNow` unless a ceremony in `state` may become `to`."""
    if to not in NEXT_STATES[state]:
        raise NotNow(f"This form is already {state}. Start a new one.")


def steps_for(asked: Collection[str], *, asks_assent: bool) -> tuple[str, ...]:
    """The steps of a form that asks the lists `asked`; a child is asked from age 7, beside the parent (R27)."""
    return tuple(
        step
        for step, lists in ASKS.items()
        if step in ALWAYS or (set(lists) & set(asked) and (step != "assent" or asks_assent))
    )


def lists_of(step: str) -> tuple[str, ...]:
    """The lists of the form that `step` asks, in the order of the screen."""
    return ASKS[step]


def step_after(steps: tuple[str, ...], step: str) -> str:
    """What follows `step`; after the last comes `DONE`."""
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else DONE


def step_before(steps: tuple[str, ...], step: str) -> str:
    """What came before `step`; before the first there is nothing, so it stays."""
    return steps[max(steps.index(step) - 1, 0)]


def progress(steps: tuple[str, ...], step: str) -> Progress | None:
    """How far `step` is among the questions; the welcome and what lies beyond the steps are not counted."""
    counted = [name for name in steps if name != "welcome"]
    return Progress(counted.index(step) + 1, len(counted)) if step in counted else None


def is_idle(route: str, last_seen_at: datetime | None, at: datetime) -> bool:
    """Whether nobody has touched the page for so long that it is wiped: two minutes on a tablet (R55)."""
    return last_seen_at is None or at - last_seen_at >= IDLE_AFTER[route]
