"""A text column that is readable only through the key ring."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.lookups import Lookup

from .ring import key_ring


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # generic for the type checker only
    """Text encrypted by the application under `purpose`; empty text stays empty.

    It cannot be searched: every ciphertext differs, so that a lookup would silently find nothing.
    """

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose}

    def get_lookup(self, lookup_name: str) -> "type[Lookup[Any]] | None":
        """Only *is null*; Django refuses every other lookup with `FieldError`."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return key_ring().seal(self.purpose, text) if text else text

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        return key_ring().open(self.purpose, value) if value else value
