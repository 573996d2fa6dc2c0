"""Whose name it is, by what stands around it: somebody's, the staff's, a place's, or history's."""

from __future__ import annotations

import re

from .lexicon import BITS
from .reading import TITLE, UPPER, Reading, Word

_PLACES = BITS["street"] | BITS["org"] | BITS["place"]
_CREDENTIAL = re.compile(
    r"[,\s]+(?:MD|DO|DDS|DMD|RN|NP|PA|PA-C|DPT|PT|OT|OTR|OD|PhD|PsyD|PharmD|LCSW|LMFT|LPC|RDH|CDA|CNM|FNP|FNP-C|APRN|BSN|MSN|"
    r"CNA|LVN|LPN|MPH|FAAP|FACS|FAAD|MS|M\.D\.|D\.O\.|D\.D\.S\.|R\.N\.)(?![\w-])"
)


def owner_of(reading: Reading, first: int, last: int) -> str:
    """Whose name it is, by what stands around it."""
    words = reading.words
    if any(word.bits & BITS["public"] for word in words[first:last]) and _is_public(words[first:last]):
        return "public"
    end = words[last - 1].end
    if _CREDENTIAL.match(reading.text, end) or _staff_before(reading, first) or _staff_after(reading, last):
        return "staff"
    after = words[last] if last < len(words) and reading.gap(last - 1) == " " else None
    last_word = words[last - 1]
    if last - first > 1 and last_word.bits & _PLACES and not last_word.bits & BITS["title"]:
        return "place"
    if after is not None and is_capital(after) and after.bits & _PLACES:
        return "place"
    if first and words[first - 1].low in {
        "calle",
        "avenida",
        "route",
        "colonia",
        "parroquia",
        "escuela",
        "barrio",
        "st",
    }:
        return "place"
    return "someone"


def _is_public(words: list[Word]) -> bool:
    return all(word.bits & BITS["public"] or len(word.low) == 1 for word in words)


def _staff_before(reading: Reading, first: int) -> bool:
    """`Dr. May`, `our hygienist Maria`, `nurse Paulina`; also the second of `Drs. May and Shah`."""
    words = reading.words
    for back in range(1, 4):
        place = first - back
        if place < 0:
            return False
        gap = reading.gap(place)
        word = words[place]
        if any(stop in gap for stop in "!?;:") or (
            ("." in gap) and word.low not in {"dr", "dra", "drs", "lic"}
        ):
            return False
        if word.bits & BITS["staff"] and not word.low.endswith("'s"):
            return back == 1 or all(
                is_capital(words[at]) or words[at].low in {"and", "y", "e"} for at in range(place + 1, first)
            )
        if back == 1 and not (is_capital(word) or word.low in {"and", "y", "e"}):
            return False
    return False


def _staff_after(reading: Reading, last: int) -> bool:
    """`Jasmine, our nurse`, `Brenda from the front desk`, `Maria (hygienist)`."""
    words = reading.words
    links = {
        "our",
        "the",
        "from",
        "at",
        "in",
        "nuestra",
        "nuestro",
        "la",
        "el",
        "de",
        "is",
        "es",
        "a",
        "una",
        "un",
        "new",
        "lead",
    }
    place, gap = last, reading.gap(last - 1)
    if gap not in {", ", " ", " ("}:
        return False
    for _ in range(4):
        if place >= len(words):
            return False
        word = words[place]
        if word.bits & BITS["staff"] and word.low not in {"dr", "dra"}:
            return True
        if word.low not in links or reading.gap(place) != " ":
            return False
        place += 1
    return False


def is_capital(word: Word) -> bool:
    """Whether it is written with a capital, or in capitals."""
    return word.shape in {TITLE, UPPER}
