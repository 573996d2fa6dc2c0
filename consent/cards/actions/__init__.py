"""What staff and guests do with an event: open it, print its code, begin a card, see a guest, close it, forget."""

from .beginning import CardsBusy, CardsClosed, Guest, StillAChild, begin_card
from .opening import GatheringRefused, Terms, close_gathering, end_poster, make_poster, open_gathering
from .seeing import DigitsRefused, see_card
from .tending import tend_gatherings
from .wishing import note_no_photo, remove_no_photo

__all__ = [
    "CardsBusy",
    "CardsClosed",
    "DigitsRefused",
    "GatheringRefused",
    "Guest",
    "StillAChild",
    "Terms",
    "begin_card",
    "close_gathering",
    "end_poster",
    "make_poster",
    "note_no_photo",
    "open_gathering",
    "remove_no_photo",
    "see_card",
    "tend_gatherings",
]
