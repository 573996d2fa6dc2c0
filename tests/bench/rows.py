"""Many rows at once: one pattern, repeated by the database itself, so that millions take minutes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model

AT_ONCE = 100_000


def highest_id(model: type[Model]) -> int:
    """The highest id in the model's table, 0 if it is empty."""
    return int(model._default_manager.aggregate(found=Max("pk"))["found"] or 0)


def repeat(pattern: Model, count: int, **computed: str) -> int:
    """Insert `count` rows like the unsaved `pattern`; answers the id before the first.

    `computed` gives the columns that differ, by name, as SQL over ``n`` (1 to `count`) and ``id``.
    """
    base = highest_id(type(pattern))
    columns, chosen, values = [], [], []
    for field in pattern._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        if field.primary_key or str(field.column) in computed:
            chosen.append("id" if field.primary_key else computed[str(field.column)])
        else:
            chosen.append("%s")
            values.append(field.get_db_prep_save(field.pre_save(pattern, add=True), connection))
    insert = (
        "WITH RECURSIVE counted(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM counted WHERE n < %s),"
        " numbered AS (SELECT n, n + %s AS id FROM counted)"
        f' INSERT INTO "{pattern._meta.db_table}" ({", ".join(columns)}) SELECT {", ".join(chosen)} FROM numbered'
    )
    with connection.cursor() as cursor:
        for start in range(1, count + 1, AT_ONCE):
            cursor.execute(insert, [start, min(start + AT_ONCE - 1, count), base, *values])
    return base


@contextmanager
def loading(*models: type[Model]) -> Iterator[None]:
    """While it lasts PostgreSQL asks no trigger about each row, neither a guard's nor a foreign key's.

    SQLite asks them all: there they cost little. Afterwards the engine counts ids on, and knows its figures.
    """
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgres:
            cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            if postgres:
                cursor.execute("SET session_replication_role = DEFAULT")
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE" if postgres else "ANALYZE")
