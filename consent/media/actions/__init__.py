"""Add pictures and say who is in them. The original is kept apart and never published."""

from ..captions import CaptionsRefused
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
from .captioning import write_captions
from .cutting import CoverDoesNotCure, NotRetouched, say_cut_away, show_after_all
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
from .retouching import NothingToDo, cover_writing, retouch
from .seeing import WordScreen, ask_again, look_at_one
from .settling import (
    AlreadyDropped,
    StillOpen,
    WhyMissing,
    attest_sightings,
    name_sighting,
    reopen_sighting,
    review_background,
    settle_covered,
)
from .together import UploadStays, begin_upload, undo_upload

__all__ = [
    "AlreadyDropped",
    "AlreadyTakenOut",
    "AuthorMissing",
    "CaptionsRefused",
    "CoverDoesNotCure",
    "FoundFile",
    "NotOfThisPractice",
    "NotRetouched",
    "NothingShown",
    "NothingToDo",
    "OwnNaming",
    "SaidMeanwhile",
    "SomeoneAppears",
    "StillOpen",
    "UploadStays",
    "WhyMissing",
    "WordScreen",
    "add_asset",
    "ask_again",
    "attest_sightings",
    "begin_upload",
    "confirm_appearance",
    "count_unnamed",
    "cover_someone",
    "cover_writing",
    "look_at_one",
    "name_appearance",
    "name_sighting",
    "note_original_viewed",
    "record_found_asset",
    "remove_appearance",
    "reopen_sighting",
    "retouch",
    "review_background",
    "say_cut_away",
    "say_nobody_appears",
    "say_who_took_it",
    "settle_covered",
    "show_after_all",
    "undo_upload",
    "write_captions",
]
