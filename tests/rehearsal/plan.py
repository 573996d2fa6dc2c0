"""How much is rehearsed, and what came of it."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How many workers are killed and how many frozen; the same `seed` makes the same choices."""

    kills: int = 200
    stops: int = 10
    workers: int = 6
    people: int = 50
    queue: int = 12
    acts: float = 0.6
    seed: str = "postern"
    progress: float = 5.0

    @property
    def seconds(self) -> float:
        """How long it may take in all before it counts as failed."""
        return 240 + 4 * self.kills + 20 * self.stops


@dataclass
class Log:
    """What the conductor did, and when."""

    say: Say
    began: float = field(default_factory=time.monotonic)
    kills: int = 0
    kills_aimed: int = 0
    stops: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    late: list[str] = field(default_factory=list)
    frozen_from: float = float("inf")

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began
