"""The recognizers, in the order in which they are asked."""

from __future__ import annotations

from . import care, contact, numbers, persons, places, relationship, times
from .findings import Seen
from .reading import Reading
from .recognizer import Recognizer

CLASSIFIER = Recognizer(
    "words.classifier",
    1,
    ("UNIQUE_DETAIL", "RELATIONSHIP_CONFIRMED"),
    "review",
    "Read as a whole it may tell of one person's care.",
    lambda _: (),
)
COMBINED = Recognizer(
    "words.combined",
    1,
    ("UNIQUE_DETAIL",),
    "review",
    "Harmless by themselves, together these may identify.",
    lambda _: (),
)
REGISTRY: tuple[Recognizer, ...] = (
    *contact.RECOGNIZERS,
    *numbers.RECOGNIZERS,
    *times.RECOGNIZERS,
    *places.RECOGNIZERS,
    *persons.RECOGNIZERS,
    *care.RECOGNIZERS,
    *relationship.RECOGNIZERS,
    COMBINED,
    CLASSIFIER,
)
BY_ID = {recognizer.id: recognizer for recognizer in REGISTRY}


def all_seen(reading: Reading) -> list[Seen]:
    """What every recognizer saw, in order."""
    return [seen for recognizer in REGISTRY for seen in recognizer.finds(reading)]


def recognizer_of(seen: Seen) -> Recognizer:
    """The recognizer that saw it; an id may carry a third part that says how."""
    return BY_ID[".".join(seen.recognizer.split(".")[:2])]
