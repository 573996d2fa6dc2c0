"""The word screen on the frozen part of the corpus, beside Presidio: shares, with their intervals, and times.

It prints sums only. Whoever writes rules does not read the frozen part.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from posts.screening.rules.corpus import FROZEN, Labelled, rows_of
from posts.screening.rules.screening import screen
from tests.bench.presidio import presidio

_Z = 1.96


@dataclass(frozen=True)
class Answer:
    """What a screen said of a row: stopped at all, and more than to be reviewed; in milliseconds."""

    row: Labelled
    stopped: bool
    certain: bool
    taken: float


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, _Z**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of**2)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def bench_screen(folder: Path = FROZEN) -> Iterator[str]:
    """The lines of the report."""
    rows = list(rows_of(folder))
    if not rows:
        yield f"There are no texts in {folder.name}."
        return
    ours = list(_asked(rows, _ours))
    yield f"{len(rows)} texts of the part {folder.name!r}"
    yield from _report("Postern", ours)
    yield from _groups(ours)
    analyzer, remark = presidio()
    yield remark
    if analyzer is not None:
        yield from _report("Presidio", list(_asked(rows, lambda row: (analyzer(row.text),) * 2)))


def _ours(row: Labelled) -> tuple[bool, bool]:
    verdict = screen(row.text, row.kind, row.parent).verdict
    return verdict != "no-phi", verdict not in {"no-phi", "review"}


def _asked(rows: Sequence[Labelled], ask: Callable[[Labelled], tuple[bool, bool]]) -> Iterator[Answer]:
    ask(rows[0])
    for row in rows:
        begin = time.perf_counter()
        stopped, certain = ask(row)
        yield Answer(row, stopped, certain, (time.perf_counter() - begin) * 1000)


def _report(who: str, answers: Sequence[Answer]) -> Iterator[str]:
    times = sorted(answer.taken for answer in answers)
    yield _shares(who, answers)
    certain = [Answer(answer.row, answer.certain, answer.certain, answer.taken) for answer in answers]
    yield _shares(f"{who}, not counting review", certain)
    median, late = statistics.median(times), times[int(0.95 * len(times))]
    yield f"{who + ', time a text':<34} median {median:.2f} ms   p95 {late:.2f} ms"


def _groups(answers: Sequence[Answer]) -> Iterator[str]:
    for field in ("kind", "language", "author"):
        for value in sorted({getattr(answer.row, field) for answer in answers}):
            yield _shares(f"  {field} {value}", [one for one in answers if getattr(one.row, field) == value])


def _shares(name: str, answers: Sequence[Answer]) -> str:
    flagged = [answer for answer in answers if answer.row.flagged]
    clean = [answer for answer in answers if not answer.row.flagged]
    found, false = sum(one.stopped for one in flagged), sum(one.stopped for one in clean)
    return f"{name:<34} found {_share(found, len(flagged))}   false alarms {_share(false, len(clean))}"


def _share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits / of if of else 0:.3f} [{low:.3f}-{high:.3f}] {hits}/{of}"
