"""The desk as plain values, and every step that changes it. No Django."""

from .drafts import NETWORK_LIMITS, Draft, DraftMention, DraftPicture, DraftVersion, local_text
from .steps import (
    STEPS,
    channel_dropped,
    element_untold,
    left_out,
    picture_exchanged,
    unsaid,
    words_taken,
)

__all__ = [
    "NETWORK_LIMITS",
    "STEPS",
    "Draft",
    "DraftMention",
    "DraftPicture",
    "DraftVersion",
    "channel_dropped",
    "element_untold",
    "left_out",
    "local_text",
    "picture_exchanged",
    "unsaid",
    "words_taken",
]
