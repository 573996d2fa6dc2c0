"""Plain SQL for the hottest paths: rows as dictionaries, the same on both engines."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

Row = dict[str, Any]


def plain_rows(query: str, ids: Collection[int]) -> list[Row]:
    """The rows of `query`, where each ``{ids}`` stands for the list of `ids`. Instants come in UTC."""
    marks = ", ".join("%s" for _ in ids) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(query.format(ids=marks), [*ids] * query.count("{ids}"))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def instant(value: Any) -> datetime:
    """An instant that SQLite gave as text, as it does for the columns of a UNION."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    assert isinstance(value, datetime)
    return value


def day(value: Any) -> date | None:
    """A day that SQLite gave as text, as it does for what an aggregate answers."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    """SQLite's instants come without their zone; every instant is stored in UTC."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value
