"""Add pictures and say who is in them. The original is kept apart and never published."""

from .adding import (
    AuthorMissing,
    FoundFile,
    NotOfThisPractice,
    SaidMeanwhile,
    add_asset,
    note_original_viewed,
    record_found_asset,
    say_who_took_it,
)
from .looking import (
    AlreadyTakenOut,
    NothingShown,
    OwnNaming,
    SomeoneAppears,
    confirm_appearance,
    count_unnamed,
    cover_someone,
    name_appearance,
    remove_appearance,
    say_nobody_appears,
)

__all__ = [
    "AlreadyTakenOut",
    "AuthorMissing",
    "FoundFile",
    "NotOfThisPractice",
    "NothingShown",
    "OwnNaming",
    "SaidMeanwhile",
    "SomeoneAppears",
    "add_asset",
    "confirm_appearance",
    "count_unnamed",
    "cover_someone",
    "name_appearance",
    "note_original_viewed",
    "record_found_asset",
    "remove_appearance",
    "say_nobody_appears",
    "say_who_took_it",
]
