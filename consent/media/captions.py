"""A video's captions: read from a WebVTT or SRT file or from what was typed, and kept as plain WebVTT. No Django.

Only times and words are kept: styles, positions, notes and marks of a file go (R92). The words go through the word
screen like every other text of a post.
"""

import re
from dataclasses import dataclass

MOST_BYTES, MOST_CUES, MOST_LINE = 100_000, 2_000, 1_000
_TIMES = re.compile(
    r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[.,](\d{3})(?:\s.*)?"
)
_TAG = re.compile(r"<[^<>]{0,200}>")
_ASIDE = ("NOTE", "STYLE", "REGION", "WEBVTT")


class CaptionsRefused(ValueError):
    """The text cannot be a video's captions; the message says why, for whoever wrote it."""


@dataclass(frozen=True)
class Cue:
    """What is said from one instant to another, in thousandths of a second."""

    start: int
    end: int
    words: str


def captions_of_file(data: bytes, seconds: int) -> str:
    """The captions in a WebVTT or SRT file for a video of so many seconds, as WebVTT. Raises `CaptionsRefused`."""
    if len(data) > MOST_BYTES:
        raise CaptionsRefused(f"This file is larger than {MOST_BYTES // 1000} KB. Captions are far smaller.")
    try:
        return captions_of(data.decode("utf-8-sig"), seconds)
    except UnicodeDecodeError as error:
        raise CaptionsRefused(
            "This is no text. Use a WebVTT (.vtt) or SubRip (.srt) file in UTF-8."
        ) from error


def captions_of(text: str, seconds: int) -> str:
    """The captions in a text, as WebVTT; one without times is shown the whole time. Raises `CaptionsRefused`."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    if not plain:
        return ""
    if len(plain) > MOST_BYTES:
        raise CaptionsRefused("These captions are too long for a video.")
    cues = _cues(plain) if "-->" in plain else [Cue(0, seconds * 1000, _words(plain))]
    if not cues:
        raise CaptionsRefused("There are no words in these captions.")
    if len(cues) > MOST_CUES:
        raise CaptionsRefused(f"These captions have {len(cues):,} pieces, more than {MOST_CUES:,}.")
    _refuse_impossible(cues, seconds)
    return "\n\n".join(["WEBVTT", *(_said(cue) for cue in cues)]) + "\n"


def _cues(plain: str) -> list[Cue]:
    """The pieces, in their order. Raises `CaptionsRefused`."""
    found = []
    for block in re.split(r"\n\s*\n", plain):
        lines = block.strip().split("\n")
        at = next((number for number, line in enumerate(lines) if "-->" in line), None)
        if at is None:
            if lines[0].split(" ")[0] in _ASIDE:
                continue
            raise CaptionsRefused(f"“{lines[0][:60]}” has no time. Write it as 00:01.000 --> 00:04.000.")
        times = _TIMES.fullmatch(lines[at].strip())
        if times is None:
            raise CaptionsRefused(f"“{lines[at][:60]}” is no time. Write it as 00:01.000 --> 00:04.000.")
        words = _words("\n".join(lines[at + 1 :]))
        if words:
            found.append(Cue(_thousandths(*times.groups()[:4]), _thousandths(*times.groups()[4:]), words))
    return found


def _refuse_impossible(cues: list[Cue], seconds: int) -> None:
    latest = 0
    for cue in cues:
        if cue.end <= cue.start or cue.start < latest:
            raise CaptionsRefused(f"The times of “{cue.words[:60]}” are not in order.")
        if cue.start > (seconds + 1) * 1000:
            raise CaptionsRefused(
                f"“{cue.words[:60]}” comes after the end: the video is {seconds} seconds long."
            )
        if max(map(len, cue.words.split("\n"))) > MOST_LINE:
            raise CaptionsRefused(f"“{cue.words[:60]}” is too long for one line.")
        latest = cue.start


def _thousandths(hours: str | None, minutes: str, seconds: str, rest: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)


def _words(text: str) -> str:
    """The words alone: no marks, nothing that would begin another piece."""
    lines = (" ".join(_TAG.sub("", line).replace("-->", "").split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _said(cue: Cue) -> str:
    return (
        f"{_clock(cue.start)} --> {_clock(cue.end)}\n{cue.words.replace('&', '&amp;').replace('<', '&lt;')}"
    )


def _clock(at: int) -> str:
    seconds, rest = divmod(at, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
