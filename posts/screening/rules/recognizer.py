"""A recognizer: one question asked of every text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .findings import TYPES, Seen, Severity
from .reading import Reading


@dataclass(frozen=True, slots=True)
class Recognizer:
    """One question asked of every text. `finds` yields what it saw; `version` changes with what it sees."""

    id: str
    version: int
    types: tuple[str, ...]
    severity: Severity
    reason: str
    finds: Callable[[Reading], Iterable[Seen]]

    @property
    def identifiers(self) -> str:
        """The letters of the HIPAA identifiers that it looks for (164.514(b)(2)(i)); none for care itself."""
        return "".join(sorted({letter for type_ in self.types for letter in TYPES[type_]}))
