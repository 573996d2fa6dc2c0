"""The word lists: what a word or a phrase may mean. Read once from `data/`, which says where each list comes from."""

import re
from functools import cache
from pathlib import Path

from .folding import fold

DATA = Path(__file__).resolve().parent.parent / "data"
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
LONGEST = 5

# A class of words is a bit, so that a word may be of several.
CLASSES = tuple(sorted({path.name.split(".")[0] for path in (DATA / "lexicon").glob("*.txt")}))
BITS = {name: 1 << place for place, name in enumerate(CLASSES)}


def lines(name: str) -> list[str]:
    """The lines of one list, without remarks."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def split(text: str) -> list[str]:
    """The words of a folded small text."""
    return WORD.findall(text)


@cache
def phrases() -> dict[str, int]:
    """Each phrase of the lists, folded, with its classes; and each beginning of one, with none."""
    found: dict[str, int] = {}
    for name in CLASSES:
        for path in (DATA / "lexicon").glob(f"{name}.*"):
            for line in lines(f"lexicon/{path.name}"):
                for phrase in line.split(","):
                    _enter(found, split(fold(phrase).lower), BITS[name])
    return found


def _enter(found: dict[str, int], words: list[str], bit: int) -> None:
    for length in range(1, len(words)):
        found.setdefault(" ".join(words[:length]), 0)
    if words:
        whole = " ".join(words)
        found[whole] = found.get(whole, 0) | bit


@cache
def given_names() -> frozenset[str]:
    """First names."""
    return frozenset(lines("given_names.txt")) | frozenset(lines("more_names.txt"))


@cache
def family_names() -> frozenset[str]:
    """Family names."""
    return frozenset(lines("family_names.txt"))


@cache
def ordinary() -> frozenset[str]:
    """Words that one writes small: English from a general list, Spanish and trade words from our own texts."""
    return (frozenset(lines("english_words.txt")) | frozenset(lines("more_words.txt"))) - frozenset(
        lines("mostly_names.txt")
    )
