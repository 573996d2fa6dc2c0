"""Write, check and keep the forms: drafts, versions, translations, samples."""

from .activating import CannotActivate, NotReady, Translation, Version, activate_draft
from .drafting import (
    CannotBegin,
    DraftMoved,
    DraftOver,
    DraftRefused,
    begin_draft,
    discard_draft,
    restore_draft,
    save_draft,
)
from .keeping import (
    AlreadyOffered,
    IncompleteWording,
    NotATranslation,
    add_wording,
    freeze,
    install_sample_wordings,
    record_found_wording,
    review_translation,
    sample_forms,
    withdraw_wording,
)

__all__ = [
    "AlreadyOffered",
    "CannotActivate",
    "CannotBegin",
    "DraftMoved",
    "DraftOver",
    "DraftRefused",
    "IncompleteWording",
    "NotATranslation",
    "NotReady",
    "Translation",
    "Version",
    "activate_draft",
    "add_wording",
    "begin_draft",
    "discard_draft",
    "freeze",
    "install_sample_wordings",
    "record_found_wording",
    "restore_draft",
    "review_translation",
    "sample_forms",
    "save_draft",
    "withdraw_wording",
]
