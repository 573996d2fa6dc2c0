"""Letters spaced out and figures in place of letters, undone: `M a r c u s` and `J3nnifer` read as the names they are."""

from __future__ import annotations

import re
from array import array

from .folding import Folded
from .lexicon import family_names, given_names, ordinary, phrases

_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_*][^\W\d_]){3,}(?![^\W_]|')")
_MIXED = re.compile(r"[a-z0-9@$!|]+")
_LEET = str.maketrans("0134578@$!|", "oieastbasil")
_SHORTEST, _LONGEST = 4, 20
# Words of one letter, which may stand before or after letters that are spaced out.
_ALONE = frozenset("aeiouyAEIOUY")


def undisguised(folded: Folded) -> Folded:
    """The text with the letters that were spaced out put together, and figures within words read as letters."""
    found = _closed_up(folded)
    return _figures_read(found)


def _closed_up(folded: Folded) -> Folded:
    """`M a r c u s` as `Marcus`; the way back leads to the first and the last letter."""
    runs = [_run(folded.text, match.start(), match.end()) for match in _SPACED.finditer(folded.text)]
    if not runs:
        return folded
    keep: list[int] = []
    place = 0
    for start, end in runs:
        keep += range(place, start)
        keep += (at for at in range(start, end) if folded.text[at].isalpha())
        place = end
    keep += range(place, len(folded.text))
    text = "".join(folded.text[at] for at in keep)
    starts = array("L", (folded.original(at, at + 1)[0] for at in keep))
    ends = array("L", (folded.original(at, at + 1)[1] for at in keep))
    return Folded(text, text.lower(), starts, ends)


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    """The run without a word of one letter before or after it, as in `a M a r c u s y`."""
    letters = "".join(one for one in text[start:end] if one.isalpha())
    for before, after in ((0, 0), (1, 0), (0, 1), (1, 1)):
        cut = letters[before : len(letters) - after]
        edges = (letters[0] if before else "") + (letters[-1] if after else "")
        if set(edges) <= _ALONE and _known(cut.lower()):
            return start + 2 * before, end - 2 * after
    if letters[0].islower() and letters[1].isupper():
        return start + 2, end
    return start, end


def _figures_read(folded: Folded) -> Folded:
    """A word of letters and figures that is a known word once the figures are read as letters: that word."""
    pieces: list[str] = []
    place = 0
    for match in _MIXED.finditer(folded.lower):
        word = match.group()
        if word.isalpha() or not _SHORTEST <= len(word) <= _LONGEST or _is_code(word):
            continue
        plain = word.rstrip("!").translate(_LEET)
        if plain.isalpha() and _known(plain):
            pieces += [folded.text[place : match.start()], _as_written(folded.text[match.start()], plain)]
            place = match.start() + len(plain)
    if not pieces:
        return folded
    text = "".join([*pieces, folded.text[place:]])
    return Folded(text, text.lower(), folded.starts, folded.ends)


def _is_code(word: str) -> bool:
    """More figures than letters is a number with letters in it."""
    figures = sum(one.isdigit() for one in word)
    return figures * 2 > len(word)


def _as_written(first: str, plain: str) -> str:
    return plain.capitalize() if first.isupper() or not first.isalpha() else plain


def _known(plain: str) -> bool:
    return (
        plain in given_names() or plain in family_names() or plain in ordinary() or bool(phrases().get(plain))
    )
