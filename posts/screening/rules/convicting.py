"""What convicts a text by itself: sightings that together can hardly mean anything but one person's care.

The classifier has learned from texts that hide; these rules catch those that do not. Each holds on the open part of the
corpus with few exceptions, and each is also something that the classifier looks at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .combining import AGE, combined, is_general
from .findings import Seen
from .lexicon import BITS
from .persons import reading_names
from .reading import Reading

PATIENT = re.compile(
    r"\b(?:our|a|this|my|one of our|favorite|sweet|new|hero|youngest|oldest|longtime|happy|nuestr[oa]|una? de nuestr[oa]s|el|la|una?|est[ea])"
    r" (?:[\w'-]+ ){0,3}?(?:patient|pt|resident|client|paciente|residente)\b(?! (?:relations|advoca\w+|portals?|education|safety|experience|"
    r"cent\w+|care|coordinators?|gowns?|names?|information|privacy|rights|stories|satisf\w+|access|lists?|parking|surveys?|rooms?|forms?|"
    r"population|navigators?|handbook|services|guide|referral|first|who (?:calls|asks|wants|needs)|says nothing))|^\W*(?:pt|patient|paciente)\b"
)
OF_PERSON = re.compile(
    r"\b(?:admitted|discharged|delivered|born|surgery|dob|date of birth|seen|treated|first visit|last chemo|ingres\w+|dad[oa] de alta|nacid[oa])\b[\w ,:]{0,12}$"
)
_STRONG = frozenset({"title", "relative", "aged", "hashtag"})
_KIN = frozenset({"named", "of", "of-someone", "of-them", "of-us"})
_IDENTIFIES = frozenset({"NAME", "INITIALS", "ADDRESS", "AGE_OVER_89", "CITY_ZIP"})


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rules ask of a text."""

    types: frozenset[str]
    ids: frozenset[str]
    care: bool
    weak: bool
    third: bool
    patient: bool
    general: bool
    age: bool
    day: bool
    full: bool

    def name(self, *cues: str) -> bool:
        """Whether a name was seen with one of these cues; without any, whether any was."""
        found = {one.split(".")[2] for one in self.ids if one.startswith("words.name.")}
        return bool(found & set(cues)) if cues else bool(found)

    def kin(self) -> bool:
        """Whether a relative was seen who is told by someone else."""
        return bool({one.split(".")[2] for one in self.ids if one.startswith("words.relative.")} & _KIN)


# In the order of strength; the key is what the classifier is told.
_RULES: dict[str, Callable[[_Facts], bool]] = {
    "initials": lambda facts: "INITIALS" in facts.types,
    "title": lambda facts: facts.care and facts.name(*_STRONG),
    "cheer": lambda facts: facts.care and facts.name("cheer") and not facts.general,
    "told": lambda facts: facts.care and facts.name() and facts.third,
    "full": lambda facts: facts.care and facts.full and not facts.general and (facts.third or facts.day),
    "kin": lambda facts: facts.care and facts.kin(),
    "role": lambda facts: facts.care and "words.role" in facts.ids and not facts.general,
    "unique": lambda facts: facts.care and "words.unique" in facts.ids and not facts.general,
    "third": lambda facts: facts.care and facts.third and not facts.general,
    "aged": lambda facts: facts.care and facts.age and facts.third,
    "ninety": lambda facts: "AGE_OVER_89" in facts.types and (facts.third or facts.patient or facts.care),
    "handle": lambda facts: facts.care and "HANDLE" in facts.types,
    "town": lambda facts: facts.care and "words.town" in facts.ids and (facts.third or facts.patient),
    "patient": lambda facts: facts.patient and bool(facts.types & _IDENTIFIES),
    "patient-day": lambda facts: facts.patient and facts.care and (facts.day or facts.third or facts.age),
}


def convictions(reading: Reading, seen: list[Seen]) -> list[str]:
    """The rules that hold of the text, by their names."""
    facts = _facts(reading, seen)
    found = [name for name, rule in _RULES.items() if rule(facts)]
    if combined(reading, seen):
        found.append("combined")
    if reading.kind != "caption" and "RELATIONSHIP_CONFIRMED" in facts.types:
        found.append("relationship")
    found += _dated(reading, seen)
    return found


def _dated(reading: Reading, seen: list[Seen]) -> Iterator[str]:
    """A day right after `admitted`, `born`, `DOB`."""
    for one in seen:
        if one.recognizer == "words.date" and OF_PERSON.search(
            reading.lower, max(0, one.start - 30), one.start
        ):
            yield "dated"
            return


def _facts(reading: Reading, seen: list[Seen]) -> _Facts:
    bits = 0
    for word in reading.words:
        bits |= word.bits
    ids = frozenset(one.recognizer for one in seen)
    types = frozenset(one.type for one in seen)
    return _Facts(
        types=types,
        ids=ids,
        care="CARE_DETAIL" in types,
        weak=bool(bits & BITS["care_weak"]),
        third=bool(bits & BITS["third"]),
        patient=bool(PATIENT.search(reading.lower)),
        general=is_general(reading),
        age=bool(AGE.search(reading.lower)),
        day=bool(ids & {"words.date", "words.day", "words.appointment", "words.appointment.slot"}),
        full=any(named.owner == "someone" and named.full for named in reading_names(reading)),
    )
