"""What the author's pages say, by key, in English and Spanish. No Django.

Whoever has the link may not be the author: until a code has reached an address of theirs, nothing here speaks of more
than the post (R50, R54).
"""

from datetime import date
from typing import Any

from consent.signing.rules import day_in

from .english import ENGLISH
from .spanish import SPANISH

TEXTS = {"en": ENGLISH, "es": SPANISH}


class AuthorWords:
    """The texts of one language with their fields filled in, as a page asks for them: ``{{ t.go_on }}``."""

    def __init__(self, language: str, **fields: Any) -> None:
        self.language = language if language in TEXTS else "en"
        self.fields = fields

    def __getitem__(self, key: str) -> str:
        said = {
            name: day_in(self.language, value) if isinstance(value, date) else value
            for name, value in self.fields.items()
        }
        return TEXTS[self.language][key].format_map(said)


class AuthorSaid(Exception):
    """A refusal that the author reads: a key of the texts and its fields; `field` is where it belongs on the page."""

    def __init__(self, key: str, field: str = "", **fields: Any) -> None:
        self.key, self.field, self.fields = key, field, fields
        super().__init__(AuthorWords("en", **fields)[key])

    def in_language(self, language: str) -> str:
        """The sentence in the language of the page."""
        return AuthorWords(language, **self.fields)[self.key]
