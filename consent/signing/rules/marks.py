"""Is this a signature? A drawing or a typed name, judged kindly but on the server. No Django.

Any mark meant as a signature is one (15 USC 7006(5)); refused is only what a slip of the finger makes: a dot, a
straight line, an empty box. A cross is a mark.
"""

import json
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from consent.access.rules import on_one_line

from .words import Said

MAX_TEXT, MAX_STROKES, MAX_POINTS = 400_000, 300, 12_000
MAX_SIDE = 10_000.0
MIN_POINTS, MIN_LENGTH, MIN_WIDE, MIN_NARROW, MIN_TURN = 6, 60.0, 24.0, 7.0, 0.8
STEP = 4.0  # shorter moves are the finger's trembling, not its direction

Point = tuple[float, float]


class MarkRefused(Said):
    """This cannot stand as a signature; the sentence says what to do."""


@dataclass(frozen=True)
class Drawing:
    """Strokes as drawn, in a box of `width` by `height` pixels."""

    width: float
    height: float
    strokes: tuple[tuple[Point, ...], ...]

    def to_json(self) -> str:
        """The drawing as kept, to a tenth of a pixel."""
        strokes = [[[round(x, 1), round(y, 1)] for x, y in stroke] for stroke in self.strokes]
        return json.dumps({"width": self.width, "height": self.height, "strokes": strokes})


def read_drawing(text: str) -> Drawing:
    """The drawing that the tablet sent: ``{"width", "height", "strokes": [[[x, y], …], …]}``.

    Raises `MarkRefused` if it is too large, cannot be read, or is a dot or a straight line.
    """
    if len(text) > MAX_TEXT:
        raise MarkRefused("too_large")
    try:
        sent = json.loads(text)
        strokes = tuple(tuple(_point(pair) for pair in stroke) for stroke in sent["strokes"])
        drawing = Drawing(_side(sent["width"]), _side(sent["height"]), strokes)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise MarkRefused("not_whole") from error
    if len(strokes) > MAX_STROKES or sum(map(len, strokes)) > MAX_POINTS:
        raise MarkRefused("too_large")
    _require_a_signature(drawing)
    return drawing


def checked_name(typed: str, name: str) -> str:
    """`typed`, if it holds every word of the signer's `name`; letters' size and accents do not matter.

    Raises `MarkRefused`.
    """
    typed = on_one_line(typed)
    if not typed:
        raise MarkRefused("type_name", name=name)
    if len(typed) > len(name) + 80 or not set(_words(name)) <= set(_words(typed)):
        raise MarkRefused("name_as_on_form", name=name)
    return typed


def path_of(drawing: Drawing) -> str:
    """The strokes as the path of an SVG."""
    return " ".join(
        " ".join(f"{'L' if place else 'M'}{x:.1f} {y:.1f}" for place, (x, y) in enumerate(stroke))
        for stroke in drawing.strokes
        if stroke
    )


def _require_a_signature(drawing: Drawing) -> None:
    points = [point for stroke in drawing.strokes for point in stroke]
    if not points:
        raise MarkRefused("box_empty")
    wide, narrow = _extents(points)
    length = sum(math.dist(a, b) for stroke in drawing.strokes for a, b in pairwise(stroke))
    if len(points) < MIN_POINTS or length < MIN_LENGTH or wide < MIN_WIDE:
        raise MarkRefused("only_a_dot")
    if narrow < MIN_NARROW or _turning(drawing) < MIN_TURN:
        raise MarkRefused("only_a_line")


def _extents(points: Sequence[Point]) -> tuple[float, float]:
    """How far the points reach along their longest direction and across it, whichever way the line lies."""
    mean_x = math.fsum(x for x, _ in points) / len(points)
    mean_y = math.fsum(y for _, y in points) / len(points)
    xx = math.fsum((x - mean_x) ** 2 for x, _ in points)
    yy = math.fsum((y - mean_y) ** 2 for _, y in points)
    xy = math.fsum((x - mean_x) * (y - mean_y) for x, y in points)
    angle = math.atan2(2 * xy, xx - yy) / 2
    along = [x * math.cos(angle) + y * math.sin(angle) for x, y in points]
    across = [y * math.cos(angle) - x * math.sin(angle) for x, y in points]
    return max(along) - min(along), max(across) - min(across)


def _turning(drawing: Drawing) -> float:
    """How much the pen turned in all, in radians, within strokes and from one to the next."""
    headings = [
        math.atan2(b[1] - a[1], b[0] - a[0])
        for stroke in drawing.strokes
        for a, b in pairwise(_thinned(stroke))
    ]
    return sum(abs(math.remainder(b - a, math.tau)) for a, b in pairwise(headings))


def _thinned(stroke: Sequence[Point]) -> list[Point]:
    kept = list(stroke[:1])
    for point in stroke[1:]:
        if math.dist(kept[-1], point) >= STEP:
            kept.append(point)
    return kept


def _point(pair: Any) -> Point:
    x, y = pair
    return _number(x), _number(y)


def _side(value: Any) -> float:
    side = _number(value)
    if side < 1:
        raise ValueError("a box without a size")
    return side


def _number(value: Any) -> float:
    """A plain number within reason: no truth values, no infinities, no text."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_SIDE:
        raise ValueError("not a number")
    return float(value)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return letters.split()
