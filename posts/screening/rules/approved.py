"""Approved replies: what may be answered to anyone, patient or not (R50, list A-RP). Only these clear by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from .folding import fold
from .lexicon import lines, split

_NEARLY = 0.92
_NUMBER = re.compile(r"[\d()+. -]{7,}")


@cache
def house_replies() -> tuple[tuple[str, str], ...]:
    """The replies that come with the house, each with its language (list A-RP)."""
    files = (("en", "approved_replies.txt"), ("es", "approved_replies.es.txt"))
    return tuple((language, line) for language, name in files for line in lines(name))


def approved_as(text: str, own: Sequence[str] = ()) -> str | None:
    """The approved reply that the text nearly is, word for word: a telephone number may differ, and a word or two."""
    words = _words(text)
    if not words:
        return None
    known = (*(line for _, line in house_replies()), *own)
    return next((one for one in known if _nearly(words, _known(one))), None)


@lru_cache(maxsize=1024)
def _known(text: str) -> tuple[str, ...]:
    """The words of an approved reply, which is compared again and again."""
    return _words(text)


def _words(text: str) -> tuple[str, ...]:
    """The words, with one mark for any telephone number."""
    return tuple(split(_NUMBER.sub(" 0 ", fold(text).lower)))


def _nearly(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    if abs(len(words) - len(known)) > 2:
        return False
    return words == known or SequenceMatcher(None, words, known, autojunk=False).ratio() >= _NEARLY
