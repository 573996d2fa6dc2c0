"""Time two ways of doing the same thing in turn, so that both see the same machine."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the report: our median and the baseline's in milliseconds, and how they compare."""

    what: str
    ours: float
    baseline: float
    aim: str
    note: str = ""

    def __str__(self) -> str:
        ratio = self.ours / self.baseline
        times = f"{self.ours:>9.3f} ms {self.baseline:>9.3f} ms {ratio:>7.2f}x"
        return f"{self.what:<44} {times}  aim {self.aim}  {self.note}"


def medians(ours: Callable[[], object], baseline: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The median milliseconds of each, taken alternately after one warm-up of both."""
    ours()
    baseline()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, taken in zip((ours, baseline), times, strict=True):
            begin = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def going_round(values: list[int]) -> Iterator[int]:
    """The values, again and again."""
    while True:
        yield from values
