"""What the screen is given and what it answers: texts, findings, verdicts (R34-R36, R50, table A-18)."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["caption", "comment", "reply"]
Severity = Literal["block", "review", "note"]
Verdict = Literal["phi", "confirms-relationship", "review", "no-phi"]

KINDS: tuple[Kind, ...] = ("caption", "comment", "reply")

# The types of table A-18, each with the letters of the HIPAA identifiers (A-R) that it stands for.
TYPES = {
    "NAME": "A",
    "INITIALS": "A",
    "RELATIVE": "A",
    "ADDRESS": "B",
    "CITY_ZIP": "B",
    "DATE": "C",
    "AGE_OVER_89": "C",
    "APPOINTMENT": "C",
    "PHONE": "DE",
    "EMAIL": "F",
    "SSN": "G",
    "MRN": "H",
    "ACCOUNT": "IJKM",
    "URL": "N",
    "IP": "O",
    "HANDLE": "R",
    "UNIQUE_DETAIL": "LR",
    "FACILITY_ROOM": "R",
    "CARE_DETAIL": "",
    "RELATIONSHIP_CONFIRMED": "",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen: where (code points of the original text, end exclusive), what, how grave, by whom and why."""

    start: int
    end: int
    type: str
    severity: Severity
    recognizer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding in the making: where in the folded text.

    `sure` says that it identifies whatever stands around it; otherwise the whole text decides.
    """

    start: int
    end: int
    type: str
    recognizer: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the screen says of one text.

    `clears_itself` is for replies, which are denied by default: true only for an approved reply, nearly word for word
    (R50). `people` is how many must look at it before it could go out: two where details combine (R35).
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    score: float
    clears_itself: bool
    people: int
