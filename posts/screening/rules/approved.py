"""Approved replies: what may be answered to anyone, patient or not (R50, list A-RP). Only these clear by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

from .folding import fold
from .lexicon import lines, split

_NEARLY = 0.92
_NUMBER = re.compile(r"[\d()+. -]{7,}")


@cache
def of_the_house() -> tuple[tuple[str, ...], ...]:
    """The replies that come with the house, in words."""
    return tuple(_words(line) for line in lines("approved_replies.txt"))


def is_approved(text: str, own: Sequence[str] = ()) -> bool:
    """Whether the text is an approved reply, nearly word for word: a telephone number may differ, and a word or two."""
    words = _words(text)
    return bool(words) and any(_nearly(words, known) for known in (*of_the_house(), *map(_words, own)))


def _words(text: str) -> tuple[str, ...]:
    """The words, with one mark for any telephone number."""
    return tuple(split(_NUMBER.sub(" 0 ", fold(text).lower)))


def _nearly(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    if abs(len(words) - len(known)) > 2:
        return False
    return words == known or SequenceMatcher(None, words, known, autojunk=False).ratio() >= _NEARLY
