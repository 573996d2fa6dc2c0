"""The sentences of the ceremony's own pages, by key, in the language of the form. No Django."""

from datetime import date
from typing import Any

from .certificate import CERTIFICATE_ENGLISH, CERTIFICATE_SPANISH
from .english import ENGLISH
from .spanish import SPANISH

TEXTS = {"en": ENGLISH | CERTIFICATE_ENGLISH, "es": SPANISH | CERTIFICATE_SPANISH}
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


class Said(Exception):
    """A refusal that the signer reads: a key of the texts and its fields. As text it is English."""

    def __init__(self, key: str, **fields: Any) -> None:
        self.key, self.fields = key, fields
        super().__init__(in_words("en", key, **fields))

    def in_language(self, language: str) -> str:
        """The sentence in the language of the form."""
        return in_words(language, self.key, **self.fields)


class Words:
    """The texts of one language with their fields filled in, as a page asks for them: ``{{ t.no_thanks }}``."""

    def __init__(self, language: str, **fields: Any) -> None:
        self.language, self.fields = language, fields

    def __getitem__(self, key: str) -> str:
        return in_words(self.language, key, **self.fields)


def in_words(language: str, key: str, **fields: Any) -> str:
    """The sentence `key` in `language`; a language that nobody wrote is answered in English. Days are written out.

    Raises `KeyError` for a key, or a field of the sentence, that is not there.
    """
    said = {
        name: day_in(language, value) if isinstance(value, date) else value for name, value in fields.items()
    }
    return TEXTS.get(language, TEXTS["en"])[key].format_map(said)


def day_in(language: str, day: date) -> str:
    """A day written out: May 31, 2027; 31 de mayo de 2027."""
    if language == "es":
        return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"
    return f"{day:%B} {day.day}, {day.year}"
