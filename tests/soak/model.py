"""What may be visible, by a model of forty lines: people, what they allowed, what they took back."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Allowed:
    """One signed permission."""

    elements: frozenset[str]
    places: frozenset[str]
    ends_at: datetime
    gone_elements: set[str] = field(default_factory=set)
    gone_places: set[str] = field(default_factory=set)
    gone: bool = False

    def covers(self, used: frozenset[str], place: str, at: datetime) -> bool:
        """Whether this one permission by itself allows the use."""
        left = self.elements - self.gone_elements
        return (
            not self.gone and at < self.ends_at and used <= left and place in self.places - self.gone_places
        )


@dataclass
class Someone:
    """A person: what they allowed, and whether they asked to stop or have died."""

    allowed: list[Allowed] = field(default_factory=list)
    held: bool = False
    dead: bool = False

    def agrees(self, used: frozenset[str], place: str, at: datetime) -> bool:
        """Whether using this of them there is allowed at `at`."""
        return not (self.held or self.dead) and any(one.covers(used, place, at) for one in self.allowed)


@dataclass
class Planned:
    """Something in the queue: what it uses of whom, where, when.

    It is `steady` while nobody in it was on hold or dead, and no permission that ever covered it has ended: one that
    ends takes the post down even where another would cover it.
    """

    uses: dict[int, frozenset[str]]
    place: str
    due_at: datetime
    steady: bool = True
    covering: list[tuple[frozenset[str], Allowed]] = field(default_factory=list)

    def look(self, people: list[Someone], at: datetime) -> None:
        """Whether it is still steady at `at`; and what covers it by now."""
        stands = all(one.covers(used, self.place, at) for used, one in self.covering)
        self.steady = self.steady and stands and self.allowed(people, at)
        self.covering = [
            (used, one)
            for who, used in self.uses.items()
            for one in people[who].allowed
            if one.covers(used, self.place, at)
        ]

    def allowed(self, people: list[Someone], at: datetime) -> bool:
        """Whether everyone in it agrees at `at`."""
        return all(people[who].agrees(used, self.place, at) for who, used in self.uses.items())
