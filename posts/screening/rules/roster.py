"""The roster, asked: which names and numbers of a text may be those of somebody on record, and which of them are.

A text comes to *questions*, each with the pieces to look up (`consent.people.rules.roster`). What is found under them is
compared with the names themselves. A single name is never asked about: too many share it, and prose is full of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from consent.people.rules.roster import is_near, name_units

from .findings import Finding, Outcome

RECOGNIZER = "roster"
REASON = "Matches a patient record."
# What the word screen takes a name or a number for that the roster knows better.
SAME = ({"INITIALS", "NAME"}, {"NAME", "HANDLE"}, {"ACCOUNT", "MRN"}, {"SSN", "MRN"}, {"PHONE", "MRN"})
# A letter more or less tells nothing in names as short as these.
SHORTEST_WORD, SHORTEST_NAME = 3, 7


@dataclass(frozen=True, slots=True)
class RosterState:
    """With which keys a practice's roster is entered, and whether there is anybody to be on it."""

    key_id: str = ""
    next_key_id: str = ""
    has_people: bool = False

    @property
    def is_built(self) -> bool:
        """Whether a text that matches nobody is known to name nobody on record."""
        return bool(self.key_id) or not self.has_people


@dataclass(frozen=True, slots=True)
class Question:
    """May this stretch of the original text be somebody: which pieces are looked up, and what a name must be like.

    `givens` are the given names that will do, `family` the family name; `near_given` and `near_family` say which of
    the written words may be one letter off, `letter` which was written as a letter alone: given, family or neither.
    """

    start: int
    end: int
    type: str
    pieces: frozenset[str]
    given: str = ""
    family: str = ""
    givens: frozenset[str] = frozenset()
    near_given: bool = False
    near_family: bool = False
    letter: str = ""
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody found under a piece, with one of their names."""

    person: int
    given: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A finding, and who it is; the finding itself says nobody's name."""

    finding: Finding
    people: frozenset[int] = field(default_factory=frozenset)

    def tells(self, type_: str, start: int, end: int) -> bool:
        """Whether what was seen there needs no telling beside it: part of the same name or number."""
        alike = type_ == self.finding.type or {type_, self.finding.type} in SAME
        return alike and self.finding.start <= start and end <= self.finding.end


def matches(questions: Iterable[Question], entries: Mapping[str, Collection[Entry]]) -> list[Match]:
    """What the roster knows of a text, in reading order; of two that overlap, the one that fits better."""
    found: dict[tuple[int, int, int, str], set[int]] = {}
    for question in questions:
        for piece in question.pieces:
            for entry in entries.get(piece, ()):
                fit = _fit(question, entry)
                if fit is not None:
                    key = (fit, question.start, question.end, question.type)
                    found.setdefault(key, set()).add(entry.person)
    kept: list[Match] = []
    for fit, start, end, type_ in sorted(found, key=lambda one: (one[0], one[1] - one[2], one[1])):
        if not any(one.finding.start < end and start < one.finding.end for one in kept):
            finding = Finding(start, end, type_, "block", RECOGNIZER, REASON)
            kept.append(Match(finding, frozenset(found[fit, start, end, type_])))
    return sorted(kept, key=lambda one: one.finding.start)


def with_roster(outcome: Outcome, known: Sequence[Match], is_ours: Callable[[Finding], bool]) -> Outcome:
    """The screen's outcome with what the roster knows, and without what is the practice's own.

    The name of somebody on record is never the practice's own: the nurse would hide the patient who is called alike.
    """
    kept = [one.finding for one in known if one.finding.type == "NAME" or not is_ours(one.finding)]
    told = [
        one
        for one in outcome.findings
        if not is_ours(one) and not any(match.tells(one.type, one.start, one.end) for match in known)
    ]
    findings = tuple(sorted([*kept, *told], key=lambda one: (one.start, -one.end, one.type)))
    if kept:
        return replace(outcome, verdict="phi", findings=findings, clears_itself=False)
    stopped = any(one.severity != "note" for one in findings) or len(told) == len(outcome.findings)
    return replace(outcome, verdict=outcome.verdict if stopped else "no-phi", findings=findings)


def _fit(question: Question, entry: Entry) -> int | None:
    """How well the name on record fits: 0 as it is, 1 the other way round, 2 a letter off or short; None not at all."""
    if not question.family:
        return 0
    givens, families = _units(entry.given), _units(entry.family)
    turned = 1 if question.swapped else 0
    if question.letter:
        fits = (
            question.family in families and any(one.startswith(question.given) for one in givens)
            if question.letter == "given"
            else question.given in givens and any(one.startswith(question.family) for one in families)
        )
        return 2 if fits else None
    if question.family in families and question.givens & set(givens):
        return turned
    return 2 if _near(question, givens, families) else None


def _near(question: Question, givens: Collection[str], families: Collection[str]) -> bool:
    """Whether one of the two words is one letter off, and the other right."""
    given, family = question.given, question.family
    return (
        question.near_family
        and given in givens
        and any(_long(given, one) and is_near(one, family) for one in families)
    ) or (
        question.near_given
        and family in families
        and any(_long(family, one) and is_near(one, given) for one in givens)
    )


def _long(whole: str, mistaken: str) -> bool:
    return len(mistaken) >= SHORTEST_WORD and len(whole) + len(mistaken) >= SHORTEST_NAME


@lru_cache(maxsize=4096)
def _units(name: str) -> tuple[str, ...]:
    return name_units(name)
