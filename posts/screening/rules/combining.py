"""Details that are harmless alone: a condition, and two of age, town, job, event, date, family role, school (R35)."""

from __future__ import annotations

import re

from .findings import Seen
from .lexicon import BITS
from .reading import Reading

AGE = re.compile(
    r"\b\d{1,2}[\s-]?(?:years?[\s-]old|year[\s-]old|yrs? old|y/?o|yo|anos|anitos|months? old|meses)\b|\bage[ds]? \d{1,2}\b|, \d{1,2},|\bturned \d{1,2}\b"
)
_KINDS = {
    "CITY_ZIP": "place",
    "ADDRESS": "place",
    "DATE": "date",
    "APPOINTMENT": "date",
    "RELATIVE": "family",
}
# People in general, and advice: what is said to everybody is about nobody.
_GENERAL = BITS["generic"] | BITS["edu"] | BITS["own"] | BITS["staff"] | BITS["privacy"] | BITS["public"]
_NEEDED = 2


def combined(reading: Reading, seen: list[Seen]) -> list[Seen]:
    """One sighting over all that combines; none unless a condition and two more details stand in the text."""
    if not any(one.type == "CARE_DETAIL" for one in seen):
        return []
    kinds: dict[str, Seen] = {}
    for one in seen:
        if one.recognizer == "words.day.weekday":
            continue
        kind = _KINDS.get(one.type) or {"words.role": "job", "words.unique": "event"}.get(one.recognizer)
        if kind:
            kinds.setdefault(kind, one)
    if (match := AGE.search(reading.lower)) is not None:
        kinds.setdefault("age", Seen(match.start(), match.end(), "UNIQUE_DETAIL", "words.combined"))
    if len(kinds) < _NEEDED or is_general(reading):
        return []
    start, end = min(one.start for one in kinds.values()), max(one.end for one in kinds.values())
    return [Seen(start, end, "UNIQUE_DETAIL", "words.combined")]


def is_general(reading: Reading) -> bool:
    """Whether it speaks to everybody rather than of somebody."""
    general = sum(bool(word.bits & _GENERAL) for word in reading.words)
    someone = sum(bool(word.bits & (BITS["third"] | BITS["person"])) for word in reading.words)
    return general > someone
