"""From labelled texts to weights: features, one author left out at a time, the scores from which on a text is stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .convicting import convictions
from .corpus import Labelled
from .features import features
from .model import Families, packed
from .reading import read
from .registry import all_seen
from .training import learn, scored

# The share of harmless texts that may be stopped when each author is judged by the others.
FALSE_ALARMS = 0.14
# How much above the first score a text is said to be PHI, and not only to be reviewed.
CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A labelled text with its features; `sure` says that an identifier stops it whatever the classifier says."""

    author: str
    verdict: str
    families: Families
    sure: bool

    @property
    def flagged(self) -> bool:
        """Whether it has to be stopped."""
        return self.verdict != "no-phi"


@dataclass(frozen=True, slots=True)
class CrossValidated:
    """The score chosen; for each author: found, of how many; stopped wrongly, of how many harmless."""

    review_from: float
    lines: tuple[tuple[str, int, int, int, int], ...]


def prepared(rows: Iterable[Labelled]) -> list[Prepared]:
    """The texts with their features."""
    found = []
    for row in rows:
        reading = read(row.text, row.kind, row.parent)
        seen = all_seen(reading)
        convicted = convictions(reading, seen)
        sure = any(one.sure for one in seen)
        found.append(Prepared(row.author, row.verdict, features(reading, seen, convicted), sure))
    return found


def trained(rows: Sequence[Prepared]) -> tuple[bytes, CrossValidated]:
    """The model's bytes, and how it does on each author when trained on the others."""
    left_out = _left_out(rows)
    review_from = _chosen(rows, left_out)
    flagged = learn([row.families for row in rows], [row.flagged for row in rows])
    stopped = [row for row in rows if row.flagged]
    confirms = learn(
        [row.families for row in stopped], [row.verdict == "confirms-relationship" for row in stopped]
    )
    counts = {
        author: sum(row.author == author for row in rows) for author in sorted({row.author for row in rows})
    }
    data = packed([flagged, confirms], review_from, review_from + CERTAIN, counts)
    return data, CrossValidated(review_from, tuple(_lines(rows, left_out, review_from)))


def _left_out(rows: Sequence[Prepared]) -> list[float]:
    """The score of every text by a model that has seen nothing of its author."""
    scores = [0.0] * len(rows)
    for author in sorted({row.author for row in rows}):
        others = [row for row in rows if row.author != author]
        weights = learn([row.families for row in others], [row.flagged for row in others])
        for place, row in enumerate(rows):
            if row.author == author:
                scores[place] = scored(weights, row.families)
    return scores


def _chosen(rows: Sequence[Prepared], scores: Sequence[float]) -> float:
    """The lowest score that stops no more harmless texts than allowed."""
    harmless = [(row.sure, score) for row, score in zip(rows, scores, strict=True) if not row.flagged]
    left = int(FALSE_ALARMS * len(harmless)) - sum(sure for sure, _ in harmless)
    clean = sorted((score for sure, score in harmless if not sure), reverse=True)
    return clean[max(0, min(left, len(clean) - 1))] + 1e-6 if clean else 0.0


def _lines(
    rows: Sequence[Prepared], scores: Sequence[float], review_from: float
) -> Iterable[tuple[str, int, int, int, int]]:
    for author in sorted({row.author for row in rows}):
        mine = [(row, score) for row, score in zip(rows, scores, strict=True) if row.author == author]
        stopped = [(row, row.sure or score >= review_from) for row, score in mine]
        found = sum(stop for row, stop in stopped if row.flagged)
        false = sum(stop for row, stop in stopped if not row.flagged)
        total = sum(row.flagged for row, _ in mine)
        yield author, found, total, false, len(mine) - total
