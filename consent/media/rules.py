"""What a file must be to become a picture here, and why one is refused. No Django.

A picture is known by its content, never by its name; what is published is made anew from its pixels (R37).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from consent.wording.rules import ELEMENTS, VISIBLE_ELEMENTS

from .detectors.sights import Box, shared_by

# Formats by content, and the kind of file under which an original is kept. MPO is a telephone's JPEG with extras.
SUFFIXES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "HEIF": "heic"}
MAX_PIXELS = 100_000_000
LONG_SIDE = 2048
SMALL_SIDE = 480
QUALITY = 88
MAX_LABEL = 120
# How long whoever added pictures may take all of them back.
UNDO_WITHIN = timedelta(minutes=10)
MAX_FILM_SECONDS = 60
MAX_SCAN_BYTES, MAX_SCAN_PAGES = 20 * 1024 * 1024, 40

# What a still picture can show of someone: it has no sound.
PICTURE_ELEMENTS = {key: ELEMENTS[key] for key in VISIBLE_ELEMENTS if key != "voice"}

REFUSALS = {
    "empty": "This file is empty.",
    "too_large": "This file is larger than {limit} MB. Save a smaller copy of the picture and add that.",
    "not_a_picture": "This is not a picture that Postern can open. Use a JPEG, PNG, WebP or GIF file.",
    "vector": "This is a drawing (SVG), which can hold programs. Save it as PNG and add that.",
    "heic": "This HEIC picture cannot be opened here. Save or export it as JPEG and add that, or have the picture"
    " detectors installed, which come with what reads HEIC.",
    "damaged": "This picture is damaged or not complete. Copy it from the camera again.",
    "moving": "This picture moves. Add a still picture; each frame would have to be looked at.",
    "too_many_pixels": "This picture is {width} by {height} pixels, more than Postern opens safely"
    " (100 million in all). Save a smaller copy and add that.",
    "two_in_one": "This file is a picture and something else at once ({what}). Open it, save it as a new picture,"
    " and add that.",
    "not_a_scan": "This is no scan that Postern can open. Use a PDF, or a photograph as JPEG or PNG.",
    "scan_too_large": "This file is larger than {limit} MB. Scan it smaller, or send the pages one by one.",
    "too_many_pages": "This PDF has {pages} pages, more than {limit}. Scan each form by itself.",
    "locked": "This PDF is locked with a password. Scan the paper once more without one.",
    "film_unreadable": "This is a video, and what opens videos is not installed here: it comes with the picture"
    " detectors (./postern run IMAGES=1).",
    "not_a_film": "This is not a video that Postern can open. Use an MP4 file.",
    "film_damaged": "This video is damaged or not complete. Copy it from the camera again.",
    "film_codec": "This video is not stored as h264 with aac sound, or holds more than one picture or sound. Save it as"
    " a plain MP4 and add that.",
    "film_too_large": "This video is larger than {limit} MB. Save a smaller copy and add that.",
    "film_too_long": "This video is {seconds} seconds long, more than {limit}. Cut it first.",
    "film_too_many_pixels": "This video is {width} by {height} pixels, which Postern does not open. Save it smaller.",
    "film_too_hard": "Opening this video took too long or too much memory. Save a smaller or shorter copy, and add"
    " that.",
    "too_hard": "Opening this picture took too long or too much memory. Save a smaller copy and add that.",
}

# What a file can hide besides its pixels (table A-18 B, C, M, N), and how it is said. "knew" or "carried".
CARRIED = {
    "place": ("knew", "where it was taken"),
    "time": ("knew", "when it was taken"),
    "camera": ("knew", "with which camera"),
    "serial": ("knew", "the camera’s serial number"),
    "owner": ("knew", "whose camera it was"),
    "people": ("knew", "the names of people in it"),
    "words": ("carried", "a description or comment"),
    "thumbnail": ("carried", "a small copy of how it looked before"),
    "history": ("carried", "notes of the program it was edited with"),
    "pictures": ("carried", "further pictures"),
    "film": ("carried", "a short film"),
    "frames": ("carried", "further frames that move it"),
    "unreadable": ("carried", "hidden data that could not be read"),
}

# What a person looks over wherever faces or text were found, or nobody else has looked (R38).
BACKGROUND = {
    "screens": "Screens and monitors",
    "boards": "Boards, calendars, notes on walls",
    "folders": "Folders, charts, papers",
    "wristbands": "Wristbands and labels",
    "badges": "Badges and name tags",
    "reflections": "Mirrors and reflections",
    "windows": "Windows and what is outside",
    "others": "Other people, also from behind or by a tattoo",
}

# What a person does with a video before it counts as looked at: no detector hears what is said in it.
WATCHED = "watched"


def points_of(seconds: int) -> dict[str, str]:
    """What is looked over: of a video of so many seconds all of it, with its sound; 0 seconds are a picture's."""
    watched = (
        {WATCHED: f"All of it, {seconds} seconds, with the sound on: names, places, voices"}
        if seconds
        else {}
    )
    return BACKGROUND | watched


_DOCUMENTS = {b"%pdf-": "a PDF", b"<html": "a web page", b"<script": "a program", b"<?php": "a program"}
_ARCHIVE_END = b"PK\x05\x06"
_ARCHIVE_TAIL = 66_000
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True)
class Capture:
    """Who held the camera, what allowed it, and when (R40). As text, what a page remembers of having shown it."""

    taken_by: str
    capture_cover: str
    captured_on: date | None

    def __str__(self) -> str:
        return f"{self.taken_by}/{self.capture_cover}/{self.captured_on or ''}"


class PictureRefused(Exception):
    """The file cannot be used as a picture; the message is for whoever added it, `code` a key of `REFUSALS`."""

    def __init__(self, code: str, **said: object) -> None:
        super().__init__(REFUSALS[code].format(**said))
        self.code = code


def kind_refused(data: bytes) -> str:
    """Why a file that no picture format recognises is refused, as a key of `REFUSALS`."""
    head = data[:1024].lstrip().lower()
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "heic"
    if b"<svg" in head or head.startswith(b"<?xml"):
        return "vector"
    return "not_a_picture"


def also(data: bytes) -> str:
    """What else the file would be to another program: an archive, a document, a page. Empty if nothing."""
    if _ARCHIVE_END in data[-_ARCHIVE_TAIL:] and b"PK\x03\x04" in data:
        return "an archive"
    lowered = data.lower()
    if b"%pdf-" in lowered[:1024]:
        return _DOCUMENTS[b"%pdf-"]
    return next((what for mark, what in _DOCUMENTS.items() if mark != b"%pdf-" and mark in lowered), "")


def unknown_elements(elements: Iterable[str]) -> list[str]:
    """Those of the keys that are none. A picture may show any of them: a name on a tag, a date on a board (R38)."""
    return sorted(set(elements) - ELEMENTS.keys())


def carried_told(keys: Iterable[str], picture: str = "This picture") -> str:
    """What the file hid and does no longer, in a sentence for whoever added it; empty if nothing (R37)."""
    there = [CARRIED[key] for key in CARRIED if key in set(keys)]
    parts = []
    for verb in ("knew", "carried"):
        words = [said for one, said in there if one == verb]
        if words:
            parts.append(f"{verb} {joined(words)}")
    return f"{picture} {', and '.join(parts)}: removed." if parts else ""


def joined(words: list[str]) -> str:
    """Several things in one sentence."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def covered_by(seen: Box, cover: Box) -> bool:
    """Whether the middle of what was seen lies under a cover."""
    x, y = seen.middle
    return cover.x <= x <= cover.x + cover.width and cover.y <= y <= cover.y + cover.height


def blocks(boxes: Iterable[Box]) -> list[Box]:
    """Lines that stand together as one box around them: covered one by one they would still tell how many there are.

    Two stand together when less than the height of the higher one lies between them on each side.
    """
    found = list(boxes)
    while pair := next(((a, b) for a, b in combinations(found, 2) if _together(a, b)), None):
        found = [one for one in found if one not in pair] + [_around(*pair)]
    return found


def _together(one: Box, other: Box) -> bool:
    """Whether no more lies between them than the height of the higher one."""
    room = max(one.height, other.height)
    return (
        one.x - room < other.x + other.width
        and other.x - room < one.x + one.width
        and one.y - room < other.y + other.height
        and other.y - room < one.y + one.height
    )


def _around(one: Box, other: Box) -> Box:
    """The smallest box around both."""
    x, y = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    bottom = max(one.y + one.height, other.y + other.height)
    return Box(x, y, right - x, bottom - y)


def apart(seen: Box, kept: Box) -> bool:
    """Whether nothing of what was seen lies in the part that is kept."""
    return shared_by(seen, kept) == 0


def within(seen: Box, cover: Box) -> bool:
    """Whether all of what was seen lies under a cover."""
    return shared_by(seen, cover) == seen.width * seen.height
