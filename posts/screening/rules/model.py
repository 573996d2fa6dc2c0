"""The classifier: a logistic regression whose weights were learned in the house and are added up in plain Python.

Two questions: does the text tell of somebody's care at all, and if so, is it a practice confirming who is a patient?
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .features import SIZE
from .lexicon import DATA

Families = Sequence[tuple[float, Sequence[int]]]

WEIGHTS = DATA / "screen.weights"
# A first line that a person can read, then the weights of both questions, a byte each.
_QUESTIONS = ("flagged", "confirms")


class WeightsUnfit(Exception):
    """The weights are missing, or made for other features."""


@dataclass(frozen=True, slots=True)
class Question:
    """The weights of one question, the size of a step, and what is added to every sum."""

    weights: array[int]
    step: float
    bias: float

    def score(self, families: Families) -> float:
        """The logarithm of the odds."""
        weights = self.weights
        return self.bias + self.step * sum(
            weight * sum([weights[number] for number in numbers]) for weight, numbers in families
        )


@dataclass(frozen=True, slots=True)
class Model:
    """Both questions, and from which score on a text waits for a person, and from which it is said to be PHI."""

    flagged: Question
    confirms: Question
    review_from: float
    certain_from: float
    trained_on: dict[str, int]


@cache
def model() -> Model:
    """The model of the house.

    Raises `WeightsUnfit` if its file is missing or belongs to other features.
    """
    try:
        return unpacked(WEIGHTS.read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise WeightsUnfit(f"{WEIGHTS.name}: {error}") from error


def unpacked(data: bytes) -> Model:
    """The model that these bytes hold."""
    head, _, body = data.partition(b"\n")
    told = json.loads(head)
    if told["size"] != SIZE or len(body) != SIZE * len(_QUESTIONS):
        raise ValueError("the weights were made for other features: run manage.py train_screen")
    questions = []
    for place, name in enumerate(_QUESTIONS):
        weights = array("b", body[place * SIZE : (place + 1) * SIZE])
        questions.append(Question(weights, told[name]["step"], told[name]["bias"]))
    flagged, confirms = questions
    return Model(flagged, confirms, told["review_from"], told["certain_from"], told["trained_on"])


def packed(
    learned: Sequence[tuple[Sequence[float], float]],
    review_from: float,
    certain_from: float,
    trained_on: dict[str, int],
) -> bytes:
    """The bytes of a model: weights and bias of each question, rounded to a byte."""
    head: dict[str, object] = {
        "format": 1,
        "size": SIZE,
        "review_from": round(review_from, 4),
        "certain_from": round(certain_from, 4),
        "trained_on": trained_on,
    }
    body = bytearray()
    for name, (weights, bias) in zip(_QUESTIONS, learned, strict=True):
        step = (max(map(abs, weights)) or 1.0) / 127
        head[name] = {"step": round(step, 9), "bias": round(bias, 6)}
        body += array("b", (round(weight / step) for weight in weights)).tobytes()
    return json.dumps(head, sort_keys=True).encode() + b"\n" + bytes(body)


def save(data: bytes, path: Path = WEIGHTS) -> None:
    """Keep a model as the house's, and forget the one read before."""
    path.write_bytes(data)
    model.cache_clear()
