"""What a name shows is all it holds: hidden marks could make it look like another one. No Django."""

import unicodedata

_JOINERS = frozenset("\u200c\u200d")  # they shape letters in Persian and Indic scripts


def on_one_line(text: str) -> str:
    """What can be seen of `text`, on one line: no control characters, which a database may refuse, no hidden marks."""
    return unicodedata.normalize("NFC", " ".join("".join(_visible(c) for c in text).split()))


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp", "Cs"):
        return " "
    return "" if category == "Cf" and character not in _JOINERS else character
