"""Keep stories, say who is in them, ask for them, and note what came of it."""

from .answering import (
    AnswerRefused,
    decline,
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
from .confirming import confirm_proof, note_proof
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
from .proving import NothingToSign, StillAMinor, ask_code, say_who, try_code
from .steps import AskRefused
from .tending import tend_stories

__all__ = [
    "AlreadyKept",
    "AnswerRefused",
    "AskRefused",
    "NothingSeen",
    "NothingToSign",
    "PartRefused",
    "Seen",
    "StillAMinor",
    "StoryRefused",
    "ask_code",
    "begin_post_from",
    "begin_request",
    "call_off",
    "confirm_proof",
    "decline",
    "end_part",
    "give_to",
    "keep_story",
    "leave_at_sign",
    "link_for_author",
    "name_everybody",
    "note_gone",
    "note_packed",
    "note_proof",
    "note_reply",
    "note_seen",
    "say_part",
    "say_sent",
    "say_who",
    "see_again",
    "standard_words",
    "tend_stories",
    "try_code",
]
