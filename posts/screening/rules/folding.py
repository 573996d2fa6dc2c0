"""A text folded to plain letters, and the way back: every folded character knows where it came from.

Full-width letters, look-alikes of other alphabets, accents, stacked marks, invisible characters and marks of writing
direction are folded away, so that what a reader reads is what the recognizers read. One pass, linear in the length.
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

# Letters of other alphabets that look like ours. Written as escapes: here the look-alikes would be taken for Latin.
_LOOKS = {
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d": "aeopcyxijshdqw",
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405": "ABEKMHOPCTYXIJS",
    "\u0432\u043a\u043c\u043d\u0442\u0433\u0437\u0438": "bkmhtr3n",
    "\u03b1\u03b5\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03c5\u03c7\u03b3\u03b7\u03c9": "aeopviktuxynw",
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7": "ABEZHIKMNOPTYX",
    "\u0251\u0261\u0131\u0269\u2113\u0260\u0299\u029c\u1d00\u1d04\u1d05\u1d07\u0274\u1d0f": "agiilgbhacdeno",
    "\u1d18\u0280\ua731\u1d1b\u1d1c\u1d20\u1d21\u028f\u1d22\u1d0a\u1d0b\u029f\u1d0d\u026a": "prstuvwyzjklmi",
    "\u00f8\u00d8\u0142\u0141\u0111\u0110\u00f0\u00fe\u00df": "oOlLdDdts",
    "\u2018\u2019\u201a\u2032\u02bc\u00b4": "''''''",
    "\u201c\u201d\u201e\u2033\u00ab\u00bb": '""""""',
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212": "-------",
}
_PLAIN = {ord(odd): plain for odds, plains in _LOOKS.items() for odd, plain in zip(odds, plains, strict=True)}
# Enclosed letters and regional indicators that NFKC leaves alone.
_RANGES = ((0x1F130, 0x1F149, "A"), (0x1F150, 0x1F169, "A"), (0x1F170, 0x1F189, "A"), (0x1F1E6, 0x1F1FF, "A"))


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` in plain letters and `lower` the same in small ones; `starts` and `ends` lead back, None if unchanged."""

    text: str
    lower: str
    starts: array[int] | None
    ends: array[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the original text that this stretch of the folded one came from."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """The text folded. Never longer than a few characters for each of the original's."""
    if text.isascii():
        return Folded(text, text.lower(), None, None)
    letters: list[str] = []
    starts, ends = array("L"), array("L")
    for place, character in enumerate(text):
        plain = character if character < "\x80" else _plain(character)
        if not plain:
            if ends and unicodedata.combining(character):
                ends[-1] = place + 1
            continue
        for one in plain:
            letters.append(one)
            starts.append(place)
            ends.append(place + 1)
    folded = "".join(letters)
    return Folded(folded, folded.lower(), starts, ends)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """One character in plain letters; nothing for what cannot be seen."""
    looks = _PLAIN.get(ord(character))
    if looks is not None:
        return looks
    for first, last, begin in _RANGES:
        if first <= ord(character) <= last:
            return chr(ord(begin) + ord(character) - first)
    kept = []
    for part in unicodedata.normalize("NFKD", character):
        category = unicodedata.category(part)
        if category == "Zs":
            kept.append(" ")
        elif category not in {"Mn", "Me", "Cf", "Cc"}:
            kept.append(_PLAIN.get(ord(part), part))
    found = "".join(kept)
    return (
        found if len(found.lower()) == len(found) else "".join(one for one in found if len(one.lower()) == 1)
    )
