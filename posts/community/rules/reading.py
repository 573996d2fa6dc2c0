"""How a page reads a story: odd letters, what answers an open question, kind replies, how long answers take."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from .addresses import lookalike_letters

# Replies of the house (posts/screening/data/approved_replies.txt) that suit a kind word, by language.
KIND_REPLIES = {
    "en": (
        "Thank you for your kind words.",
        "We love seeing kind words from our community.",
        "Thank you for taking the time to share.",
    ),
    "es": ("Gracias por sus palabras.", "Gracias por tomarse el tiempo de escribirnos."),
}
# How the sentences of `open_questions` begin, and where on the page each is answered, in the words of its button.
AUTHOR, OTHERS, EVERYBODY = "author", "others", "everybody"
ANSWERED_AT = {
    "Say who made it": (AUTHOR, "Say who made it"),
    "Say whether the author": (AUTHOR, "Say it of the author"),
    "Find the author": (AUTHOR, "Find the author"),
    "Somebody in it may be": (OTHERS, "Say who it is"),
    "A patient in it": (OTHERS, "Find them"),
    "Say whether the patient": (OTHERS, "Say it of the patient"),
    "Say that nobody else": (EVERYBODY, "Nobody else is in it"),
}
VIDEO_BRANDS = (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"qt  ", b"M4V ", b"3gp", b"dash")


@dataclass(frozen=True)
class Question:
    """Something that has to be known: the sentence, where it is answered, the words of the button.

    `part` is the number of the part that it is about, if somebody was named already.
    """

    sentence: str
    place: str
    button: str
    part: int | None = None


def question(sentence: str) -> Question:
    """An open question with its button."""
    place, button = next(
        (answer for start, answer in ANSWERED_AT.items() if sentence.startswith(start)), (OTHERS, "Say it")
    )
    return Question(sentence, place, button)


def odd_letters(handle: str) -> list[str]:
    """The look-alike letters of a handle, each as it is seen and by its name; those that are not seen by name alone."""
    return [_named(letter) for letter in lookalike_letters(handle)]


def kind_replies(language: str) -> tuple[str, ...]:
    """Approved replies that thank for a kind word and confirm nothing (R50)."""
    return KIND_REPLIES.get(language, KIND_REPLIES["en"])


def is_video(data: bytes, media_type: str) -> bool:
    """Whether a file is a film: by what its sender called it, or by how it begins."""
    is_box = data[4:8] == b"ftyp" and data[8:12].startswith(VIDEO_BRANDS)
    return media_type.startswith("video/") or is_box or data[:4] == b"\x1aE\xdf\xa3"


def median_days(waits: Iterable[tuple[datetime, datetime]]) -> int | None:
    """The days from asking to an answer in the middle of all; None if nobody has answered."""
    days = [(answered - asked).total_seconds() / 86_400 for asked, answered in waits]
    return round(median(days)) if days else None


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "a mark without a name").lower()
    is_seen = unicodedata.category(letter) not in ("Cf", "Mn", "Cc")
    return f"“{letter}” ({name})" if is_seen else name
