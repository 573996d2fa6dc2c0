"""What publishing reads: who a delivery rests on, what is due, the worklists, and where a person appears."""

from .places import Place, places_of
from .worklists import (
    by_hand_due,
    pauses_of,
    returned_deliveries,
    takedowns_owed,
    unknown_deliveries,
)

__all__ = [
    "Place",
    "by_hand_due",
    "pauses_of",
    "places_of",
    "returned_deliveries",
    "takedowns_owed",
    "unknown_deliveries",
]
