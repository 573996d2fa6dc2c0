"""What the classifier looks at: pieces of words, words, the shape of the sentence, and what the recognizers saw.

Names are masked, so that it learns how people are spoken of, and not who. Every feature is a number below `SIZE`, got by
hashing, so that no word of the texts it was trained on is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import sqrt
from zlib import crc32

from .findings import Seen
from .lexicon import BITS
from .persons import reading_names
from .reading import Reading
from .shapes import shape_of

SIZE = 1 << 17
_MASK = SIZE - 1
SOMEONE, STAFF, PLACE, PUBLIC = "\x01", "\x02", "\x03", "\x04"
_MASKS = {"someone": SOMEONE, "staff": STAFF, "place": PLACE, "public": PUBLIC}
_LONGEST = 4000
# How many words after one are still near it.
_NEAR = 6


def features(
    reading: Reading, seen: Sequence[Seen], convicted: Sequence[str]
) -> list[tuple[float, list[int]]]:
    """The features in families, each with the weight that every one of its features has."""
    masked, words, letters = _masked(reading)
    shape = _shape(letters)
    told = list(_told(reading, seen))
    kind = "r" if reading.kind == "reply" else "c" if reading.kind == "comment" else "p"
    tokens = [*words, *(f"{one} {two}" for one, two in pairwise(words))]
    tokens += [f"{kind}:{word}" for word in words]
    runs = [
        "".join(shape[at : at + length])
        for length in (1, 2, 3, 4)
        for at in range(max(0, len(shape) - length + 1))
    ]
    runs += [f"{kind}:{run}" for run in runs]
    return [
        _family(_grams(masked), 2.8),
        _family({crc32(b"w" + token.encode()) & _MASK for token in tokens}, 2.8),
        _family({crc32(b"s" + run.encode()) & _MASK for run in runs}, 2.0),
        _family({crc32(b"n" + pair.encode()) & _MASK for pair in _near(reading, letters)}, 1.5),
        _family({crc32(b"u" + one.encode()) & _MASK for one in _above(reading)}, 1.0),
        (0.5, sorted({crc32(b"t" + one.encode()) & _MASK for one in told})),
        (
            1.0,
            sorted(
                {crc32(b"v" + one.encode()) & _MASK for one in [*convicted, *(["any"] if convicted else [])]}
            ),
        ),
    ]


def _family(numbers: Iterable[int], weight: float) -> tuple[float, list[int]]:
    found = sorted(set(numbers))
    return (weight / sqrt(len(found) or 1), found)


def _grams(masked: str) -> set[int]:
    """Pieces of two to five letters."""
    data = masked[:_LONGEST].encode()
    size = len(data)
    return {
        crc32(data[at : at + length]) & _MASK for length in (2, 3, 4, 5) for at in range(size - length + 1)
    }


def _masked(reading: Reading) -> tuple[str, list[str], list[str]]:
    """The text with names masked and figures as noughts; its words; a letter for each, which says what it is."""
    owners = {}
    for named in reading_names(reading):
        for place in range(named.first, named.last):
            owners[place] = _MASKS[named.owner]
    pieces: list[str] = [" "]
    words: list[str] = []
    letters: list[str] = []
    end = 0
    for place, word in enumerate(reading.words):
        gap = reading.lower[end : word.start]
        pieces.append(" " if gap.isspace() else gap)
        mask = owners.get(place)
        low = mask or ("0" * len(word.low) if word.low.isdigit() else word.low)
        pieces.append(low)
        words.append(low)
        letters.append(mask or shape_of(word.low, word.bits, word.shape))
        end = word.end
    pieces.append(reading.lower[end:] + " ")
    return "".join(pieces), words, letters


def _shape(letters: Sequence[str]) -> list[str]:
    """The letters without repeats, with a gap at each end."""
    return [" ", *(one for one, _ in groupby(letters)), " "]


def _near(reading: Reading, letters: Sequence[str]) -> Iterator[str]:
    """What stands a few words before what, in one sentence: a name and care, a relative and a day."""
    words = reading.words
    for first, letter in enumerate(letters):
        for second in range(first + 1, min(first + 1 + _NEAR, len(letters))):
            if words[second].opens:
                break
            yield letter + letters[second]


def _above(reading: Reading) -> Iterator[str]:
    """The words and the kinds of words of what is answered: `thanks` says more below a word of care."""
    if reading.parent is None:
        return
    _, words, letters = _masked(reading.parent)
    yield from words
    yield from (f"{one} {two}" for one, two in pairwise(words))
    yield from (f"s{letter}" for letter in letters)


def _told(reading: Reading, seen: Iterable[Seen]) -> Iterator[str]:
    """What the recognizers saw, alone and two by two, and how the text is written."""
    kind = reading.kind
    found = sorted({one.recognizer for one in seen})
    types = sorted({one.type for one in seen})
    owners = {named.owner for named in reading_names(reading)}
    yield f"k {kind}"
    for one in found:
        yield f"f {one}"
        yield f"f {kind} {one}"
    for place, one in enumerate(types):
        yield from (f"p {one} {other}" for other in types[place + 1 :])
    for owner in owners:
        yield f"o {owner}"
    classes = 0
    for word in reading.words:
        classes |= word.bits
    present = [name for name, bit in BITS.items() if classes & bit]
    yield from (f"c {kind} {name}" for name in present)
    yield from (f"x {name} {one}" for name in present for one in types)
    yield f"l {min(len(reading.words) // 6, 6)} {kind}"
    if reading.parent is not None:
        above = 0
        for word in reading.parent.words:
            above |= word.bits
        yield from (f"a {name}" for name, bit in BITS.items() if above & bit)
        yield "a ?" if "?" in reading.parent.text else "a ."
