"""Names as they are typed and as they are found: any script, accents and case aside. No Django."""

import unicodedata

from consent.access.rules import on_one_line

NAME_LENGTH = 150
# Letters that carry no separable accent and are typed without it all the same.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_APOSTROPHES = frozenset("'’‘ʼʻʹ`´ʾʿ‛′＇")


class FieldRefused(ValueError):
    """Something typed cannot be kept: `field` names it, the message says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def folded(text: str) -> str:
    """Lower case, accents dropped, apostrophes closed up; everything else that is no letter or digit a space."""
    closed = "".join(c for c in text if c not in _APOSTROPHES)
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", closed).casefold()).translate(_PLAIN)
    return " ".join("".join(_kept(c) for c in spread if not unicodedata.combining(c)).split())


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if character in _APOSTROPHES:
        return ""
    if category[0] in "LNM":
        return character
    return "" if category == "Cf" else " "


def folded_words(name: str) -> set[str]:
    """The words under which a name is found: each part, and hyphened or apostrophed parts also as one.

    "Anne-Marie O'Neil" is found as anne, marie, annemarie, neil, o and oneil.
    """
    words = set(folded(name).split())
    for chunk in name.split():
        words.add(folded(chunk).replace(" ", ""))
        spread = "".join(" " if c in _APOSTROPHES else c for c in chunk)
        words.update(folded(spread).split())
    return {word[:NAME_LENGTH] for word in words if word}


def folded_terms(text: str) -> list[str]:
    """What was typed into the search box, as the beginnings of words to look for, the longest first."""
    return sorted({word[:NAME_LENGTH] for word in folded(text).split()}, key=lambda word: (-len(word), word))


def checked_name(
    text: str, field: str, label: str, *, required: bool = True, length: int = NAME_LENGTH
) -> str:
    """A name on one line, without invisible direction marks.

    Raises `FieldRefused` when it is missing, longer than `length` characters, or holds no letter at all.
    """
    clean = on_one_line(text)
    if not clean and not required:
        return ""
    if not clean:
        raise FieldRefused(field, f"{label}: write it in, please.")
    if len(clean) > length:
        raise FieldRefused(field, f"{label}: {len(clean)} characters are too many, use at most {length}.")
    if not folded(clean):
        raise FieldRefused(field, f"{label}: write it with letters.")
    return clean
