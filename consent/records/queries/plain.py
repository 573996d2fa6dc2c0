"""Plain SQL for the hottest paths: rows as dictionaries, the same on both engines."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

Row = dict[str, Any]


def plain_rows(query: str, ids: Collection[int]) -> list[Row]:
    """The rows of `query`, where each ``{ids}`` stands for the list of `ids`. Instants come in UTC."""
    asked, times = _for_so_many(query, len(ids))
    with connection.cursor() as cursor:
        cursor.execute(asked, [*ids] * times)
        names = [column[0] for column in cursor.description]
        # SQLite's instants come without their zone; every instant is stored in UTC.
        return [
            {
                name: value.replace(tzinfo=UTC)
                if isinstance(value, datetime) and value.tzinfo is None
                else value
                for name, value in zip(names, row, strict=True)
            }
            for row in cursor.fetchall()
        ]


@lru_cache(maxsize=500)
def _for_so_many(query: str, count: int) -> tuple[str, int]:
    """The query with a mark for each of `count` ids, and how many lists of ids it asks for."""
    marks = ", ".join(["%s"] * count) or "NULL"
    return query.format(ids=marks), query.count("{ids}")


def instant(value: Any) -> datetime:
    """An instant that SQLite gave as text, as it does for the columns of a UNION."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    assert isinstance(value, datetime)
    return value


def day(value: Any) -> date | None:
    """A day that SQLite gave as text, as it does for what an aggregate answers."""
    return date.fromisoformat(value) if isinstance(value, str) else value
