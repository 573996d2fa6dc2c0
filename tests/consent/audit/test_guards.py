"""What the database itself refuses, whoever asks: the ledger is append-only."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from consent.audit.checkpoints import take_checkpoint
from tests.cast import NOW

TABLES = ("consent_ledgerentry", "consent_checkpoint")


@pytest.fixture
def rows(write):
    write(2)
    take_checkpoint(at=NOW)


def refuses(sql):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    return True


def columns_of(table):
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def replacing(table):
    """The same number again; the same position under a new number."""
    others = ", ".join(column for column in columns_of(table) if column != "id")
    yield f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    yield f"INSERT OR REPLACE INTO {table} (id, {others}) SELECT id + 100, {others} FROM {table}"


def truncating(table):
    yield f"TRUNCATE {table}"
    yield f"TRUNCATE {table} CASCADE"


WAYS_ROUND = {"sqlite": replacing, "postgresql": truncating}


@contextmanager
def the_ways_of_a_stranger():
    """SQLite as another program opens it: REPLACE then asks no DELETE trigger."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        yield
        cursor.execute("PRAGMA recursive_triggers = ON")


@pytest.mark.parametrize("table", TABLES)
class TestLedgerTables:
    def test_refuse_every_update(self, rows, table):
        assert refuses(f"UPDATE {table} SET hash = hash")
        assert refuses(f"UPDATE {table} SET at = '2020-01-01'")

    def test_refuse_every_delete(self, rows, table):
        assert refuses(f"DELETE FROM {table}")

    def test_refuse_the_engines_own_ways_round(self, rows, table):
        with the_ways_of_a_stranger():
            assert all(refuses(sql) for sql in WAYS_ROUND[connection.vendor](table))
