"""What a home page is made of: rows in three groups, the oldest duty first. No Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

WAITS, SOON, STOPPED = "waits", "soon", "stopped"
GROUPS = {WAITS: "Waits for you", SOON: "Due soon", STOPPED: "Stopped"}
SHOWN = 20  # of each kind; the room behind it has them all
_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One duty: a sentence, since or until when, and the door and words of its button.

    `before` stands before the instant: "since", "due", "sent"; `query` ends the address of the door.
    A row without an instant comes first in its group.
    """

    group: str
    sentence: str
    door: str
    pk: int | None
    button: str
    at: datetime | None = None
    before: str = ""
    query: str = ""


@dataclass(frozen=True)
class Group:
    """The rows under one heading."""

    key: str
    title: str
    rows: list[Row]


def grouped(rows: Iterable[Row]) -> list[Group]:
    """The rows under their headings, the oldest first; headings without rows are left out."""
    sorted_rows = sorted(rows, key=lambda row: row.at or _FIRST)
    groups = [
        Group(key, title, [row for row in sorted_rows if row.group == key]) for key, title in GROUPS.items()
    ]
    return [group for group in groups if group.rows]


def greeting(hour: int) -> str:
    """What one says at this hour of the practice's day."""
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"
