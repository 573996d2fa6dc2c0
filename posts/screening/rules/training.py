"""Learning the weights: logistic regression by dual coordinate descent, in plain Python, the same on every machine.

After Yu, Huang and Lin, "Dual coordinate descent methods for logistic regression and maximum entropy models" (2011).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from zlib import crc32

from .features import SIZE
from .model import Families

# After eight rounds nothing that can be measured changes any more.
ROUNDS, STRENGTH = 8, 10.0
_CLOSE = 1e-2


def learn(
    rows: Sequence[Families], answers: Sequence[bool], *, rounds: int = ROUNDS
) -> tuple[list[float], float]:
    """The weights and the bias that tell the rows whose answer is yes from the others."""
    weights = [0.0] * (SIZE + 1)
    flat = [_flat(row) for row in rows]
    squares = [sum(weight * weight * len(numbers) for weight, numbers in row) for row in flat]
    signs = [1.0 if answer else -1.0 for answer in answers]
    start = min(0.001 * STRENGTH, 1e-8)
    alphas = [[start, STRENGTH - start] for _ in rows]
    for row, sign in zip(flat, signs, strict=True):
        _add(weights, row, sign * start)
    for number in range(rounds):
        for place in _shuffled(len(rows), number):
            moved = _step(alphas[place], squares[place], signs[place] * _dot(weights, flat[place]))
            if moved:
                _add(weights, flat[place], moved * signs[place])
    return weights[:SIZE], weights[SIZE]


def scored(learned: tuple[list[float], float], row: Families) -> float:
    """The score of a row before the weights are rounded."""
    weights, bias = learned
    return bias + sum(weight * sum([weights[number] for number in numbers]) for weight, numbers in row)


def _shuffled(count: int, number: int) -> list[int]:
    """An order that differs from round to round, and is the same on every machine."""
    return sorted(range(count), key=lambda place: crc32(f"{number} {place}".encode()))


def _flat(row: Families) -> list[tuple[float, Sequence[int]]]:
    """The row with a feature that is always there: the bias."""
    return [*row, (1.0, [SIZE])]


def _dot(weights: list[float], row: Families) -> float:
    return sum(weight * sum(map(weights.__getitem__, numbers)) for weight, numbers in row)


def _add(weights: list[float], row: Families, amount: float) -> None:
    for weight, numbers in row:
        more = amount * weight
        for number in numbers:
            weights[number] += more


def _step(alpha: list[float], square: float, margin: float) -> float:
    """Solve the problem of one row by Newton's method; how far the weights move along it."""
    one, sign = (0, 1.0)
    if 0.5 * square * (alpha[1] - alpha[0]) + margin < 0:
        one, sign = (1, -1.0)
    old = alpha[one]
    new = 0.1 * old if STRENGTH - old < 0.5 * STRENGTH else old
    for _ in range(100):
        slope = square * (new - old) + sign * margin + log(new / (STRENGTH - new))
        if abs(slope) < _CLOSE:
            break
        moved = new - slope / (square + STRENGTH / (STRENGTH - new) / new)
        new = 0.1 * new if moved <= 0 else min(moved, STRENGTH * (1 - 1e-9))
    alpha[one], alpha[1 - one] = new, STRENGTH - new
    return sign * (new - old)
