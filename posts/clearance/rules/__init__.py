"""What clearance says and sees, as pure questions. No Django."""

from .sighting import (
    ACCOUNTED_BY,
    Called,
    Sighting,
    accounted_for,
    credited,
    first_word,
    naming,
    sightings,
    without,
)
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
    "Sighting",
    "Spoken",
    "accounted_for",
    "changes",
    "credited",
    "first_word",
    "naming",
    "sightings",
    "spoken",
    "without",
    "word_diff",
]
