"""The desk as plain values, and every step that changes it. No Django."""

from .drafts import NETWORK_LIMITS, Draft, DraftMention, DraftPicture, DraftVersion, local_text
from .narrowing import SHOWN, Narrowing
from .steps import (
    STEPS,
    begun_with,
    channel_dropped,
    element_untold,
    left_out,
    picture_exchanged,
    unsaid,
    words_taken,
)

__all__ = [
    "NETWORK_LIMITS",
    "SHOWN",
    "STEPS",
    "Draft",
    "DraftMention",
    "DraftPicture",
    "DraftVersion",
    "Narrowing",
    "begun_with",
    "channel_dropped",
    "element_untold",
    "left_out",
    "local_text",
    "picture_exchanged",
    "unsaid",
    "words_taken",
]
