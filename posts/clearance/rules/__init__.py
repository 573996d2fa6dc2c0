"""What clearance says and sees, as pure questions. No Django."""

from .marking import Run, marked
from .sighting import ACCOUNTED_BY, Called, Sighting, accounted_for, first_word, naming, sightings
from .speaking import (
    FINDING_KINDS,
    SOMEONE,
    Asked,
    Changed,
    Piece,
    Spoken,
    changes,
    spoken,
    word_diff,
)

__all__ = [
    "ACCOUNTED_BY",
    "FINDING_KINDS",
    "SOMEONE",
    "Asked",
    "Called",
    "Changed",
    "Piece",
    "Run",
    "Sighting",
    "Spoken",
    "accounted_for",
    "changes",
    "first_word",
    "marked",
    "naming",
    "sightings",
    "spoken",
    "word_diff",
]
