"""Keep stories, say who is in them, ask for them, and note what came of it."""

from .answering import (
    AnswerRefused,
    decline,
    go_on,
    note_reply,
    note_seen,
)
from .asking import (
    begin_request,
    call_off,
    give_to,
    link_for_author,
    say_sent,
    standard_words,
)
from .keeping import (
    AlreadyKept,
    NothingSeen,
    Seen,
    StoryRefused,
    begin_post_from,
    keep_story,
    leave_at_sign,
    note_gone,
    see_again,
)
from .packing import note_packed
from .parting import PartRefused, end_part, name_everybody, say_part
from .steps import AskRefused
from .tending import tend_stories

__all__ = [
    "AlreadyKept",
    "AnswerRefused",
    "AskRefused",
    "NothingSeen",
    "PartRefused",
    "Seen",
    "StoryRefused",
    "begin_post_from",
    "begin_request",
    "call_off",
    "decline",
    "end_part",
    "give_to",
    "go_on",
    "keep_story",
    "leave_at_sign",
    "link_for_author",
    "name_everybody",
    "note_gone",
    "note_packed",
    "note_reply",
    "note_seen",
    "say_part",
    "say_sent",
    "see_again",
    "standard_words",
    "tend_stories",
]
