"""Triggers that refuse what must never be, on both engines, installed after every migrate.

Django's SQLite table remake drops triggers silently, so they are no migration: `install_guards` runs on
``post_migrate`` and makes them anew each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db import connections
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Guard:
    """One rule of the database: the trigger's SQL for SQLite, and for PostgreSQL with its function."""

    name: str
    sqlite: tuple[str, ...]
    postgres: tuple[str, ...]

    def triggers(self, vendor: str) -> list[str]:
        """The names of the triggers that make it up on the engine `vendor`."""
        if vendor == "sqlite":
            return [statement.split(maxsplit=3)[2] for statement in self.sqlite]
        made = "CREATE OR REPLACE TRIGGER"
        return [sql.removeprefix(made).split()[0] for sql in self.postgres if sql.startswith(made)]


def _pg_refusal(name: str, sentence: str, condition: str = "TRUE") -> str:
    """A PostgreSQL trigger function that raises `sentence` when `condition` holds."""
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';
          END IF; RETURN NEW; END $$"""


def no_delete(table: str, sentence: str, *unique: str, among: str = "TRUE") -> Guard:
    """Refuse DELETE and TRUNCATE on `table`, also by SQLite's INSERT OR REPLACE.

    `unique` names the columns of each further unique constraint, as in ``"chain seq"``: a conflict there makes
    REPLACE delete as well, and SQLite asks no DELETE trigger about it. `among` is the SQL condition of a constraint
    that holds among some rows only.
    """
    name = f"guard_{table}_no_delete"
    taken = " OR ".join(
        "("
        + " AND ".join(f"{column} = NEW.{column}" for column in columns.split())
        + _among(columns, among)
        + ")"
        for columns in ("id", *unique)
    )
    return Guard(
        name,
        (
            f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
            f"CREATE TRIGGER {name}_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
        ),
        (
            _pg_refusal(name, sentence),
            f"CREATE OR REPLACE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
            f"CREATE OR REPLACE TRIGGER {name}_all BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ),
    )


def _among(columns: str, condition: str) -> str:
    """The condition of a partial constraint; the primary key is none."""
    return "" if columns == "id" or condition == "TRUE" else f" AND {condition}"


def refuse_update(table: str, sentence: str, when: str = "TRUE", label: str = "no_update") -> Guard:
    """Refuse UPDATE on `table` when the SQL condition `when` over OLD and NEW holds.

    `when` must be plain enough for both engines; use `IS DISTINCT FROM`, which both speak.
    """
    name = f"guard_{table}_{label}"
    return Guard(
        name,
        (
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when}"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
        ),
        (
            _pg_refusal(name, sentence, when),
            f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
    )


def append_only(table: str, *unique: str) -> list[Guard]:
    """Rows of `table` are written once and stay; `unique` as for `no_delete`."""
    sentence = f"{table} is append-only"
    return [no_delete(table, sentence, *unique), refuse_update(table, sentence)]


def locks_person(table: str) -> Guard:
    """Inserting into `table` takes the person's row, so that it waits for a publication being decided.

    PostgreSQL only: a plain insert does not wait for a share lock on another table; SQLite has one writer anyway.
    """
    name = f"guard_{table}_locks_person"
    return Guard(
        name,
        (),
        (
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                PERFORM 1 FROM consent_person WHERE id = NEW.person_id FOR NO KEY UPDATE; RETURN NEW; END $$""",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
    )


def install_guards(guards: Iterable[Guard], using: str) -> None:
    """Make every guard anew on the database `using`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in guards:
            if connection.vendor == "sqlite":
                for trigger, statement in zip(guard.triggers("sqlite"), guard.sqlite, strict=True):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
                    cursor.execute(statement)
            else:
                for statement in guard.postgres:
                    cursor.execute(statement)


def installed_guards(using: str) -> set[str]:
    """The names of the guard triggers that the database `using` really holds, and that are switched on."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%%'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal AND tgname LIKE 'guard_%%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def every_guard() -> list[Guard]:
    """The guards of all installed apps: what their `guards` modules, the tables of contents, list."""
    guarded = [app for app in apps.get_app_configs() if module_has_submodule(app.module, "guards")]
    modules = [import_module(f"{app.name}.guards") for app in guarded]
    return [guard for module in modules for guard in module.GUARDS]


def missing_guards(guards: Iterable[Guard], using: str) -> list[str]:
    """The triggers that ought to be in the database `using` and are not."""
    vendor = connections[using].vendor
    wanted = {trigger for guard in guards for trigger in guard.triggers(vendor)}
    return sorted(wanted - installed_guards(using))


GUARDS = [
    *append_only("consent_ledgerentry", "chain seq"),
    *append_only("consent_checkpoint", "chain seq"),
]
