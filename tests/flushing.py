"""Emptying the tables after a `transaction=True` test, which the append-only guards would refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # importing these before Django is set up goes round in a circle
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.operations import BaseDatabaseOperations


@contextmanager
def guards_aside(connection: "BaseDatabaseWrapper") -> Iterator[None]:
    """All triggers off, then on again exactly as they were."""
    aside = _replica_role if connection.vendor == "postgresql" else _triggers_dropped
    with aside(connection):
        yield


@contextmanager
def _replica_role(connection: "BaseDatabaseWrapper") -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


@contextmanager
def _triggers_dropped(connection: "BaseDatabaseWrapper") -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            for _, sql in triggers:
                cursor.execute(sql)


def let_flush_pass(patch: pytest.MonkeyPatch) -> None:
    """Only Django's flush steps around the guards; whatever a test itself does meets them."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    flush = BaseDatabaseOperations.execute_sql_flush

    def unguarded(operations: "BaseDatabaseOperations", sql_list: list[str]) -> None:
        with guards_aside(operations.connection):
            flush(operations, sql_list)

    patch.setattr(BaseDatabaseOperations, "execute_sql_flush", unguarded)
