"""Every trigger that the guards promise is really there, on both engines, and speaks its engine's language."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from consent.audit.guards import every_guard, missing_guards
from consent.audit.models import LedgerEntry
from consent.guards import GUARDS as CONSENT
from posts.guards import GUARDS as POSTS

from .sources import none

pytestmark = pytest.mark.django_db
GUARDS = [*CONSENT, *POSTS]
TABLES = {model._meta.db_table: model for model in apps.get_models()}
GUARDED = sorted(
    table for table in TABLES if any(guard.name.startswith(f"guard_{table}_") for guard in GUARDS)
)


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


class TestGuards:
    def test_are_installed_after_migrate(self):
        none(missing_guards(GUARDS, "default"))

    def test_are_all_asked_for_by_verifying_and_replaying(self):
        assert every_guard() == GUARDS

    def test_are_each_named_once(self):
        names = [guard.name for guard in GUARDS]
        assert len(names) == len(set(names))

    def test_stand_on_tables_that_exist(self):
        none(
            [
                guard.name
                for guard in GUARDS
                if not any(guard.name.startswith(f"guard_{table}_") for table in TABLES)
            ]
        )

    def test_know_every_way_in_which_replace_would_delete(self):
        """A unique constraint that the guard does not name lets INSERT OR REPLACE remove a row on SQLite."""
        none(
            [
                f"{table}: {columns}"
                for table in GUARDED
                for columns in unique_columns(TABLES[table])
                for guard in GUARDS
                if guard.name == f"guard_{table}_no_delete"
                if " AND ".join(f"{column} = NEW.{column}" for column in columns) not in guard.sqlite[1]
            ]
        )


class TestGuardsOfAChangedTable:
    @pytest.mark.django_db(transaction=True)
    def test_come_back_with_the_next_migrate(self):
        """On SQLite a changed column means a new table, which takes the triggers with it."""
        field = LedgerEntry._meta.get_field("event")
        wider = models.CharField(max_length=61)
        wider.set_attributes_from_name("event")
        wider.model = LedgerEntry
        for old, new in ((field, wider), (wider, field)):
            with connection.schema_editor() as editor:
                editor.alter_field(LedgerEntry, old, new)
        lost = missing_guards(GUARDS, "default")
        assert bool(lost) == (connection.vendor == "sqlite")
        call_command("migrate", verbosity=0)
        none(missing_guards(GUARDS, "default"))

    @pytest.mark.django_db(transaction=True)
    def test_that_are_switched_off_count_as_missing(self):
        execute(
            "DROP TRIGGER guard_consent_ledgerentry_no_update"
            if connection.vendor == "sqlite"
            else "ALTER TABLE consent_ledgerentry DISABLE TRIGGER guard_consent_ledgerentry_no_update"
        )
        assert missing_guards(GUARDS, "default") == ["guard_consent_ledgerentry_no_update"]
        execute(
            "SELECT 1"
            if connection.vendor == "sqlite"
            else "ALTER TABLE consent_ledgerentry ENABLE TRIGGER guard_consent_ledgerentry_no_update"
        )
        call_command("migrate", verbosity=0)
        none(missing_guards(GUARDS, "default"))


@pytest.mark.parametrize("table", GUARDED)
class TestLanguage:
    """Both engines read a trigger's SQL only when it fires: so each is fired, on a row that means nothing."""

    def test_fires_without_a_fault(self, table):
        with transaction.atomic():
            make_bare_row(TABLES[table])
            for statement in (
                f"INSERT INTO {table} DEFAULT VALUES",
                f"UPDATE {table} SET id = id",
                f"DELETE FROM {table}",
            ):
                try:
                    with transaction.atomic():
                        execute(statement)
                except IntegrityError:
                    continue  # refused by the guard or by a constraint: either way it was understood
            transaction.set_rollback(True)


def make_bare_row(model):
    """A row that no constraint and no guard was asked about."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.local_concrete_fields]
    if connection.vendor == "sqlite":
        execute("PRAGMA ignore_check_constraints = ON")
        execute("DROP TRIGGER IF EXISTS " + f"guard_{table}_insert")
        execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['1'] * len(columns))})")
        execute("PRAGMA ignore_check_constraints = OFF")
        return
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
        for name in [name for name, constraint in found.items() if constraint["check"]]:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}"')
        for column in columns[1:]:
            cursor.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" DROP NOT NULL')
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"INSERT INTO {table} (id) VALUES (1)")
        cursor.execute("SET session_replication_role = origin")


def unique_columns(model):
    """The columns of each unique constraint that always holds."""
    for constraint in model._meta.total_unique_constraints:
        yield [model._meta.get_field(name).column for name in constraint.fields]
    for field in model._meta.local_concrete_fields:
        if field.unique and not field.primary_key:
            yield [field.column]
