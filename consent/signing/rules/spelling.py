"""Words as a document's fonts can draw them: a picture character is written out by its name. No Django."""

import unicodedata

# What the fonts of documents surely hold: Latin, Greek and Cyrillic letters, and the usual marks.
DRAWN = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x391, 0x3A1),
    (0x3A3, 0x3CE),
    (0x400, 0x45F),
    (0x1EA0, 0x1EF9),
)
MARKS = frozenset("\n“”‘’–—…•€™")


def spelled_out(text: str) -> str:
    """`text` with what no font of ours draws as ``[its name]``; what has no shape of its own is left out."""
    return "".join(_spelled(one) for one in unicodedata.normalize("NFC", text))


def _spelled(one: str) -> str:
    if one in MARKS or any(first <= ord(one) <= last for first, last in DRAWN):
        return one
    if unicodedata.category(one) in ("Cc", "Cf", "Mn", "Me"):
        return ""
    if unicodedata.category(one) in ("Zs", "Zl", "Zp"):
        return " "
    return f"[{unicodedata.name(one, f'U+{ord(one):04X}').lower()}]"
