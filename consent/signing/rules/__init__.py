"""The ceremony's pure questions: which step comes next, is this a signature, may this PIN be tried. No Django."""

from .answers import AnswerRefused, Kept, Sent, answers_after, answers_of, options_of
from .marks import Drawing, MarkRefused, checked_name, path_of, read_drawing
from .pins import MAX_TRIES, locked_until, tries_left
from .steps import (
    DISCLOSURE,
    DISCLOSURE_VERSION,
    HANDED_OVER_FOR,
    IDLE_AFTER,
    RETURN_WITHIN,
    WITNESS_HOLDS_FOR,
    NotNow,
    Progress,
    is_idle,
    lists_of,
    progress,
    require_move,
    step_after,
    step_before,
    steps_for,
)
from .words import Said, Words, day_in, in_words

__all__ = [
    "DISCLOSURE",
    "DISCLOSURE_VERSION",
    "HANDED_OVER_FOR",
    "IDLE_AFTER",
    "MAX_TRIES",
    "RETURN_WITHIN",
    "WITNESS_HOLDS_FOR",
    "AnswerRefused",
    "Drawing",
    "Kept",
    "MarkRefused",
    "NotNow",
    "Progress",
    "Said",
    "Sent",
    "Words",
    "answers_after",
    "answers_of",
    "checked_name",
    "day_in",
    "in_words",
    "is_idle",
    "lists_of",
    "locked_until",
    "options_of",
    "path_of",
    "progress",
    "read_drawing",
    "require_move",
    "step_after",
    "step_before",
    "steps_for",
    "tries_left",
]
