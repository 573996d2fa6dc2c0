"""What publishing writes: short transactions with no network inside (design 7, docs/publishing.md)."""

from .scheduling import (
    AlreadyScheduled,
    InThePast,
    NotApproved,
    TooLateToChange,
    cancel,
    reschedule,
    schedule,
)

__all__ = [
    "AlreadyScheduled",
    "InThePast",
    "NotApproved",
    "TooLateToChange",
    "cancel",
    "reschedule",
    "schedule",
]
