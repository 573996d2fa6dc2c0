"""A text read once for all recognizers: its words, where they stand, what they may mean, and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .disguises import undisguised
from .findings import Kind
from .folding import Folded, fold
from .lexicon import BITS, LONGEST, WORD, phrases

LOWER, TITLE, UPPER, OTHER = "lower", "title", "upper", "other"
# A full stop after these ends no sentence.
_SHORT = frozenset(
    ["mr", "mrs", "ms", "dr", "dra", "drs", "sr", "sra", "srta", "lic", "st", "rev", "sgt", "prof", "ing"]
)
_OPENS = re.compile(r"[.!?:;\n\u2022\u00a1\u00bf\"(|>]|\s-\s|[^\x00-\u2fff]")


@dataclass(slots=True)
class Word:
    """A word: where it stands in the folded text, small, how it is written, its classes, and whether it opens a sentence."""

    start: int
    end: int
    low: str
    shape: str
    bits: int = 0
    opens: bool = False

    def isa(self, *names: str) -> bool:
        """Whether it is of one of these classes."""
        return any(self.bits & BITS[name] for name in names)


@dataclass(slots=True)
class Phrase:
    """Words `first` to `last`, exclusive, that mean something together."""

    first: int
    last: int
    bits: int


@dataclass(slots=True)
class Named:
    """Words `first` to `last`, exclusive: a name. `owner` is someone, staff, place or public; `cue` what says so."""

    first: int
    last: int
    owner: str
    cue: str
    full: bool

    def span(self, words: list[Word]) -> tuple[int, int]:
        """Where it stands in the folded text, without a possessive ending."""
        end = words[self.last - 1].end
        if words[self.last - 1].low.endswith("'s"):
            end -= 2
        return words[self.first].start, end


@dataclass(slots=True)
class Reading:
    """What the recognizers read."""

    kind: Kind
    folded: Folded
    words: list[Word]
    phrases: list[Phrase]
    parent: Reading | None = None
    named: list[Named] | None = None

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @property
    def lower(self) -> str:
        """The folded text in small letters."""
        return self.folded.lower

    def gap(self, place: int) -> str:
        """What stands between a word and the next."""
        if place + 1 >= len(self.words):
            return self.text[self.words[place].end :]
        return self.text[self.words[place].end : self.words[place + 1].start]

    def shouts(self) -> bool:
        """Whether nearly everything is in capitals, which then say nothing."""
        upper = sum(word.shape == UPPER and len(word.low) > 1 for word in self.words)
        return upper * 2 > len(self.words)


def read(text: str, kind: Kind, parent: str = "") -> Reading:
    """The text as the recognizers read it; `parent` is what a reply answers."""
    folded = fold(text)
    found = undisguised(folded)
    words = [_word(found.text, match.start(), match.end()) for match in WORD.finditer(found.text)]
    _mark_openings(found.text, words)
    reading = Reading(kind, found, words, _understood(words))
    if parent:
        reading.parent = read(parent, "comment")
    return reading


def _word(text: str, start: int, end: int) -> Word:
    part = text[start:end]
    low = part.lower()
    if part == low:
        shape = LOWER
    elif len(part) > 1 and part == part.upper():
        shape = UPPER
    else:
        shape = TITLE if part[0] != low[0] else OTHER
    return Word(start, end, low, shape)


def _mark_openings(text: str, words: list[Word]) -> None:
    """A capital says nothing about the first word of a sentence."""
    before = 0
    for place, word in enumerate(words):
        short = place and text[before : word.start] == ". " and _is_short(words[place - 1])
        word.opens = place == 0 or (not short and bool(_OPENS.search(text, before, word.start)))
        before = word.end


def _is_short(word: Word) -> bool:
    """A title, or an initial."""
    return word.low in _SHORT or (word.end - word.start == 1 and word.shape == TITLE and word.low != "i")


def _understood(words: list[Word]) -> list[Phrase]:
    """The phrases of the lists; each word is told the classes of every phrase it stands in."""
    known = phrases()
    found: list[Phrase] = []
    for first, word in enumerate(words):
        low = word.low[:-2] if word.low.endswith("'s") and word.low not in known else word.low
        phrase, last = low, first + 1
        while phrase in known:
            if bits := known[phrase]:
                found.append(Phrase(first, last, bits))
                for part in words[first:last]:
                    part.bits |= bits
            if last >= len(words) or last - first >= LONGEST:
                break
            phrase = f"{phrase} {words[last].low}"
            last += 1
    return found
