"""Care: conditions, treatments, tests. No identifier by itself; it is what an identifier must not stand beside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Seen
from .lexicon import BITS
from .reading import Reading
from .recognizer import Recognizer

ROUNDS = re.compile(
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|last|final|first|second|third|ultim[ao]|primer[ao]?) (?:rounds?|cycles?|sessions?|months?|weeks?|trays?|sesiones|rondas|ciclos|meses|semanas|anos|years?) (?:of |de |post|clean|sober|pregnant|into |along)[\w-]*"
    r"|\b\d{1,3} (?:units|cc|syringes?|viales|unidades)\b(?: of \w+)?|\b20/\d{2,3}\b|(?<!\w)-\d{1,2}\.\d{2}\b|\bsemana \d{1,2}\b"
    r"|\b\d{1,3} days (?:sober|clean)\b|\b(?:lost|broke|shattered|fractured|tore|sprained|cracked|chipped) (?:his|her|a|the|my|their|both) (?:\w+ )?(?:tooth|teeth|toes?|leg|arm|hip|heels?|ankle|wrist|foot|hand|rib|ribs|jaw|nose|elbow|knee|finger)\b"
)
# Words of medicine by their ends.
_MEDICAL = re.compile(
    r"(?:itis|ectomy|plasty|otomy|ostomy|oscopy|emia|aemia|algia|uria|pathy|carcinoma|sarcoma|blastoma|lymphoma|oma|ectomia|plastia|"
    r"oscopia|patia|cillin|cilina|mycin|statin|prazole|azepam|tidine|mab|tinib|caine)$"
)
_NOT_MEDICAL = frozenset(
    [
        "diploma",
        "aroma",
        "coma",
        "roma",
        "homa",
        "oklahoma",
        "tacoma",
        "sonoma",
        "wilhelm",
        "telepathy",
        "sympathy",
        "empathy",
        "idioma",
        "broma",
        "toma",
        "goma",
        "loma",
        "paloma",
        "axioma",
        "maloma",
        "carcoma",
    ]
)
_SHORTEST = 6


def care(reading: Reading) -> Iterator[Seen]:
    """Every phrase of the list of care; the longest where several begin."""
    words, end = reading.words, -1
    for phrase in sorted(reading.phrases, key=lambda one: (one.first, -one.last)):
        if phrase.bits & BITS["care"] and phrase.first >= end:
            yield Seen(words[phrase.first].start, words[phrase.last - 1].end, "CARE_DETAIL", "words.care")
            end = phrase.last
    for word in words:
        low = word.low.removesuffix("'s")
        if (
            not word.bits & BITS["care"]
            and len(low) >= _SHORTEST
            and _MEDICAL.search(low)
            and low not in _NOT_MEDICAL
        ):
            word.bits |= BITS["care"]
            yield Seen(word.start, word.start + len(low), "CARE_DETAIL", "words.care")
    for match in ROUNDS.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "CARE_DETAIL", "words.care")


RECOGNIZERS = (Recognizer("words.care", 1, ("CARE_DETAIL",), "review", "A detail of care.", care),)
