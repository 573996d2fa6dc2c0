"""Every fixed sentence of the person's own page, in each language: a module of texts and one way to say them.

Plain modules instead of Django's catalogues: nothing has to be compiled, and `tests/house/test_texts.py` compares the
keys (docs/decisions/own-page.md). No Django.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from . import en, es

LANGUAGES = {"en": "English", "es": "Español"}
FIRST = "en"
MONTHS_OF = {"en": en.MONTHS, "es": es.MONTHS}


class Book(Protocol):
    """What the module of a language brings: its sentences, the names of keys, and how it says days, hours and lists."""

    NEAR: dict[int, str]
    WORDS: dict[str, dict[str, str]]
    RESIDUALS: dict[str, str]
    TEXTS: dict[str, str]

    def before_last(self, word: str, following: str, /) -> str: ...
    def day(self, moment: date, *, with_year: bool) -> str: ...
    def on_day(self, said: str, /) -> str: ...
    def at_time(self, near: str, hour: int, minute: int, /) -> str: ...


_BOOKS: dict[str, Book] = {"en": en, "es": es}


def known_language(*wishes: str) -> str:
    """The first of these wishes that we speak, as in ``es`` or ``es-MX``; English if there is none."""
    spoken = (wish.lower().replace("_", "-").split("-")[0] for wish in wishes)
    return next((wish for wish in spoken if wish in LANGUAGES), FIRST)


def text(language: str, key: str, count: object = None) -> str:
    """The sentence; where something is counted, the one for that many. Raises KeyError for a key that is not there."""
    form = "" if count is None else ".one" if count == 1 else ".other"
    return _BOOKS[language].TEXTS[key + form]


def named(language: str, kind: str) -> list[tuple[str, str]]:
    """Every key of a kind (elements, platforms, formats, purposes) with what it is called, in the order of its list."""
    return list(_BOOKS[language].WORDS[kind].items())


def words(language: str, kind: str, keys: Iterable[str]) -> list[str]:
    """What these keys of a kind are called."""
    chosen = set(keys)
    return [word for key, word in named(language, kind) if key in chosen]


def residual(language: str, sentence: str) -> str:
    """What a channel says stays out of reach after a takedown; as it stands if nobody has put it into the language."""
    return _BOOKS[language].RESIDUALS.get(sentence, sentence)


def listed(language: str, values: Sequence[object], last: str = "and") -> str:
    """Values as a sentence lists them: "a, b and c"."""
    said = [str(value) for value in values]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} {_BOOKS[language].before_last(last, said[-1])} {said[-1]}"


def day_said(language: str, moment: date, today: date | None = None) -> str:
    """A day, with its year unless it is the year of `today`."""
    return _BOOKS[language].day(moment, with_year=today is None or moment.year != today.year)


def when_said(language: str, here: datetime, today: date) -> str:
    """An instant, already in its zone, as people say it on `today`."""
    book, away = _BOOKS[language], (here.date() - today).days
    near = book.NEAR.get(away) or book.on_day(day_said(language, here.date(), today))
    return book.at_time(near, here.hour, here.minute)
