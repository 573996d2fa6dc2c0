"""What clearance says and sees, as pure questions. No Django."""

from .marking import Run, marked
from .sighting import (
    ACCOUNTED_BY,
    Called,
    Sighting,
    accounted_for,
    credited,
    first_word,
    matched,
    naming,
    sightings,
    without,
)
from .speaking import (
    FINDING_KINDS,
    SOMEONE,
    Asked,
    Changed,
    KnownPerson,
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
    "KnownPerson",
    "Piece",
    "Run",
    "Sighting",
    "Spoken",
    "accounted_for",
    "changes",
    "credited",
    "first_word",
    "marked",
    "matched",
    "naming",
    "sightings",
    "spoken",
    "without",
    "word_diff",
]
