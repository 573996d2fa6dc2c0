"""Every URL of the house with its door, read from the URLconf: what the matrix of doors is generated from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from consent.access.doors import door_of

Kinds = tuple[tuple[str, str], ...]
STAFF = "p/<slug:practice>/"
STAND_INS: dict[str, object] = {
    "IntConverter": 10**9,
    "SlugConverter": "nothing",
    "StringConverter": "nothing",
    "PathConverter": "nothing",
    "UUIDConverter": "00000000-0000-0000-0000-000000000000",
}


@dataclass(frozen=True)
class Doorway:
    """One URL: its name, its route, the view behind it, the door, and the kinds of its arguments."""

    name: str
    route: str
    view: Any
    door: str | None
    kinds: Kinds

    @property
    def is_staff(self) -> bool:
        """Whether it lies under a practice's path."""
        return self.route.startswith(STAFF)

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of the arguments that are ids of rows."""
        return tuple(name for name, kind in self.kinds if kind == "IntConverter")

    def path(self, practice: str = "riverbend", *ids: int) -> str:
        """An address of this door: in `practice`, about the rows `ids`, whatever else it asks for made up."""
        values = {name: STAND_INS[kind] for name, kind in self.kinds}
        values |= dict(zip(self.rows, ids, strict=False))
        if self.is_staff:
            values["practice"] = practice
        return reverse(self.name, kwargs=values)

    def __str__(self) -> str:
        return self.name


def doorways() -> list[Doorway]:
    """All of them, in the order of the URLconf."""
    return list(_walk(get_resolver(), "", (), ()))


def staff_doorways() -> list[Doorway]:
    """Those under a practice's path."""
    return [doorway for doorway in doorways() if doorway.is_staff]


def _walk(resolver: URLResolver, route: str, spaces: tuple[str, ...], kinds: Kinds) -> Iterator[Doorway]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        known = kinds + tuple((name, type(kind).__name__) for name, kind in entry.pattern.converters.items())
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, here, inner, known)
        else:
            yield _doorway(entry, here, spaces, known)


def _doorway(entry: URLPattern, route: str, spaces: tuple[str, ...], kinds: Kinds) -> Doorway:
    return Doorway(
        ":".join((*spaces, entry.name or "")), route, entry.callback, door_of(entry.callback), kinds
    )
