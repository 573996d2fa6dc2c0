"""Time two ways of doing the same thing in turn, so that both see the same machine."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Milliseconds: the median of all rounds, and the least, which other work on the machine disturbs least."""

    median: float
    least: float


@dataclass(frozen=True)
class Row:
    """One line of the report: our times and the baseline's, and how they compare."""

    what: str
    ours: Times
    baseline: Times
    aim: str
    note: str = ""

    def __str__(self) -> str:
        medians = _compared(self.ours.median, self.baseline.median)
        least = _compared(self.ours.least, self.baseline.least)
        return f"{self.what:<34} {medians} {least}  aim {self.aim}  {self.note}"


HEADING = f"{'':<34} " + " ".join(
    f"{'ours, ' + which:>15} {'baseline':>12} {'ratio':>8}" for which in ("median", "least")
)


def _compared(ours: float, baseline: float) -> str:
    return f"{ours:>12.3f} ms {baseline:>9.3f} ms {ours / baseline:>7.2f}x"


def in_turn(ours: Callable[[], object], baseline: Callable[[], object], rounds: int) -> tuple[Times, Times]:
    """The times of each, taken alternately after one warm-up of both."""
    ours()
    baseline()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, taken in zip((ours, baseline), times, strict=True):
            begin = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begin) * 1000)
    first, second = (Times(statistics.median(taken), min(taken)) for taken in times)
    return first, second


def going_round(values: list[int]) -> Iterator[int]:
    """The values, again and again."""
    while True:
        yield from values
