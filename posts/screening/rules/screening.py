"""The word screen: one text in, a verdict and findings out. It never says "safe": it finds, and a person clears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .approved import approved_as
from .combining import combined
from .convicting import convictions
from .features import features
from .findings import Finding, Kind, Outcome, Seen, Severity, Verdict
from .model import Families, Model, model
from .reading import Reading, read
from .registry import CLASSIFIER, COMBINED, all_seen, recognizer_of

# The classifier learned from short texts: a long one is read in windows that overlap.
WINDOW = 70
_LONG = 90


def screen(text: str, kind: Kind, parent: str = "", approved: Sequence[str] = ()) -> Outcome:
    """What in the text identifies a patient or confirms that somebody is one.

    Args:
        text: the caption, comment or reply.
        kind: which of the three.
        parent: what a reply or comment answers.
        approved: the practice's own approved replies, besides the house's.

    Raises:
        WeightsUnfit: the model's file is missing or belongs to other features.

    Source: design section 9; R34-R36, R50.
    """
    reading = read(text, kind, parent)
    seen = all_seen(reading)
    if not reading.words and not seen:
        return Outcome("no-phi", (), 0.0, clears_itself=False, people=1)
    if kind == "reply" and _clears_itself(text, seen, approved):
        return Outcome("no-phi", (), 0.0, clears_itself=True, people=1)
    together = combined(reading, seen)
    convicted = convictions(reading, seen)
    scores = model()
    looked_at = features(reading, seen, convicted)
    score = _score(reading, looked_at, scores)
    sure = any(one.sure for one in seen)
    verdict = _verdict(sure=sure, convicted=bool(convicted), score=score, scores=scores)
    if (
        verdict == "phi"
        and kind != "caption"
        and scores.confirms.score(looked_at) > 0
        and not any(one.sure for one in seen)
    ):
        verdict = "confirms-relationship"
    findings = _findings(reading, [*seen, *together], verdict)
    people = 2 if together and verdict != "no-phi" else 1
    return Outcome(verdict, findings, score, clears_itself=False, people=people)


def _clears_itself(text: str, seen: Sequence[Seen], approved: Sequence[str]) -> bool:
    """Whether it is an approved reply and nothing is seen in it, or below what it answers, that is not in that reply."""
    known = approved_as(text, approved)
    if known is None or any(one.sure for one in seen):
        return False
    more = Counter(one.type for one in seen) - Counter(one.type for one in all_seen(read(known, "reply")))
    return not more


def kinds_in(text: str) -> list[str]:
    """The types of what must not be seen in a text, for one that was read in a picture; none if nothing is."""
    outcome = screen(text, "caption")
    kinds = sorted({one.type for one in outcome.findings if one.severity != "note"})
    return kinds if outcome.verdict != "no-phi" else []


def _score(reading: Reading, looked_at: Families, scores: Model) -> float:
    """The classifier's score; of a long text that of its worst window."""
    if len(reading.words) <= _LONG:
        return scores.flagged.score(looked_at)
    return max(_score(part, _looked_at(part), scores) for part in _windows(reading))


def _looked_at(reading: Reading) -> Families:
    seen = all_seen(reading)
    return features(reading, seen, convictions(reading, seen))


def _windows(reading: Reading) -> Iterator[Reading]:
    """Stretches of the text, each half over the one before."""
    words = reading.words
    for first in range(0, len(words), WINDOW // 2):
        last = min(first + WINDOW, len(words)) - 1
        yield read(reading.text[words[first].start : words[last].end + 1], reading.kind)
        if last + 1 == len(words):
            break


def _verdict(*, sure: bool, convicted: bool, score: float, scores: Model) -> Verdict:
    """What convicts makes certain of a text that is stopped; it stops none that reads harmless as a whole."""
    if sure or score >= (scores.review_from if convicted else scores.certain_from):
        return "phi"
    return "review" if score >= scores.review_from else "no-phi"


def _findings(reading: Reading, seen: Sequence[Seen], verdict: Verdict) -> tuple[Finding, ...]:
    """What was seen, in the places of the original; mere notes where the text as a whole tells of nobody."""
    names = [one for one in seen if one.type == "NAME"]
    found = {
        _finding(reading, one, verdict)
        for one in seen
        if one.end > one.start and not _is_town_too(one, names)
    }
    kept = sorted(found, key=lambda one: (one.start, -one.end, one.type, one.recognizer))
    if verdict != "no-phi" and not any(one.severity != "note" for one in kept):
        kept.append(_whole(reading, verdict))
    return tuple(_without_repeats(kept))


def _is_town_too(one: Seen, names: Sequence[Seen]) -> bool:
    """Whether a place is only the name of somebody that a town has, too."""
    return one.type == "CITY_ZIP" and any(name.start <= one.start and one.end <= name.end for name in names)


def _finding(reading: Reading, one: Seen, verdict: Verdict) -> Finding:
    recognizer = recognizer_of(one)
    severity: Severity = recognizer.severity if one.sure or verdict != "no-phi" else "note"
    start, end = reading.folded.original(one.start, one.end)
    return Finding(start, end, one.type, severity, recognizer.id, recognizer.reason)


def _whole(reading: Reading, verdict: Verdict) -> Finding:
    """The classifier's finding: the text as a whole."""
    type_ = (
        "RELATIONSHIP_CONFIRMED"
        if verdict == "confirms-relationship" or reading.kind == "reply"
        else "UNIQUE_DETAIL"
    )
    start, end = reading.folded.original(0, len(reading.text)) if reading.text else (0, 0)
    return Finding(start, end, type_, CLASSIFIER.severity, CLASSIFIER.id, CLASSIFIER.reason)


def _without_repeats(found: list[Finding]) -> Iterator[Finding]:
    """One finding for each type at a place: of two that overlap, the longer."""
    reached: dict[str, int] = {}
    for one in found:
        if one.recognizer == COMBINED.id or one.end > reached.get(one.type, -1):
            yield one
            reached[one.type] = max(one.end, reached.get(one.type, -1))
