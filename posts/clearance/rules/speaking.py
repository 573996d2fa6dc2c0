"""The gate's reasons as people read them: the catalogue's sentences with names, days and words filled in. No Django."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from zoneinfo import ZoneInfo

from consent.wording.rules import ANCHORS, ELEMENTS, FORMATS, PLATFORMS, PURPOSES, SENSITIVE_CATEGORIES
from posts.content.quoting import QuotePiece
from posts.gate.facts import PostFacts
from posts.gate.reasons import REMEDIES, Reason

from .sighting import Sighting

SOMEONE = "Someone"
# What identifies, by the types of table A-18, as people say it.
FINDING_KINDS = {
    "NAME": "a name",
    "INITIALS": "initials",
    "RELATIVE": "a relative",
    "ADDRESS": "an address",
    "CITY_ZIP": "a place",
    "DATE": "a date",
    "AGE_OVER_89": "an age over 89",
    "APPOINTMENT": "an appointment",
    "PHONE": "a telephone number",
    "EMAIL": "an e-mail address",
    "SSN": "a social security number",
    "MRN": "a record number",
    "ACCOUNT": "an account number",
    "UNIQUE_DETAIL": "a detail that only one person fits",
    "URL": "a web address",
    "IP": "a network address",
    "HANDLE": "a social media name",
    "FACILITY_ROOM": "a room or bed",
    "CARE_DETAIL": "a detail of care",
    "FACE": "a face",
    "RELATIONSHIP": "that someone is a patient",
    "OTHER": "something else",
}
# What a licence does not cover, as the sentence goes on.
BEYOND_LICENCE = PLATFORMS | {
    "formats": "this kind of post",
    "paid": "paid posts",
    "assets": "this picture",
    "words": "the words without the picture that it names",
    "story": "this story",
    "shown": "this post as it stands now",
    "edits": "cutting it or covering parts of it",
    "link_only": "more than a link to it",
    "ended": "this day: it has ended",
}
# What is open of a picture, said beside those.
OF_PICTURES = {"WRITING": "writing"}
_ANCHOR_WORDS = {key: anchor.words for key, anchor in ANCHORS.items()}
_WORDS: dict[str, Mapping[str, str]] = {
    "SCOPE_ELEMENT": ELEMENTS,
    "SCOPE_CHANNEL": PLATFORMS,
    "SCOPE_FORMAT": FORMATS,
    "SCOPE_PURPOSE": PURPOSES,
    "FORM_ELEMENT_MISSING": _ANCHOR_WORDS,
    "FORM_STATEMENT_MISSING": _ANCHOR_WORDS,
    "UGC_LICENSE_SCOPE": BEYOND_LICENCE,
    "SENSITIVE_CATEGORY_EXCLUDED": SENSITIVE_CATEGORIES,
    "PHI_DETECTED_UNLINKED": FINDING_KINDS | OF_PICTURES,
    "DEID_REVIEW_REQUIRED": FINDING_KINDS,
}
_OF_RECIPIENTS = frozenset({"SCOPE_RECIPIENT", "BAA_MISSING", "RECIPIENT_ENDED"})
# Their instant is the first one at which it no longer holds; people name the last day on which it did.
_LAST_DAY = frozenset({"CONSENT_EXPIRED", "STAFF_RELEASE_EXPIRED"})


@dataclass(frozen=True)
class Asked:
    """That someone asks to clear a reason, why, and what a second person said: waiting, confirmed or refused."""

    number: int
    by: str
    by_id: int
    why: str
    outcome: str = "waiting"
    answered_by: str = ""

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.outcome == "waiting"


@dataclass(frozen=True)
class KnownPerson:
    """Somebody on record whose name or number was seen, for those who may know who it is (R54)."""

    number: int
    name: str


@dataclass(frozen=True)
class Spoken:
    """A reason in words: what is missing, why it matters, and the button that mends it (a key of `REMEDIES`).

    `note` is what whoever found it wrote down, `sighting` the words that the screen saw, `known` who on record they
    are, `altered` what was said beside the words that quote it; `asked` says whether someone asks to clear it.
    """

    code: str
    weight: str
    sentence: str
    because: str
    remedy: str
    remedy_label: str
    who: str = SOMEONE
    keys: tuple[str, ...] = ()
    person_id: int | None = None
    asset_id: int | None = None
    fingerprint: str = ""
    finding: str = ""
    note: str = ""
    asked: Asked | None = None
    sighting: Sighting | None = None
    known: tuple[KnownPerson, ...] = ()
    altered: tuple[QuotePiece, ...] = ()

    @property
    def clearable(self) -> bool:
        """Whether two people may clear it, and nobody has asked them yet (R46)."""
        return self.weight == "REVIEW" and (self.asked is None or self.asked.outcome == "refused")


def spoken(
    reason: Reason, facts: PostFacts, aliases: Mapping[int, str], zone: str, recipients: Mapping[str, str]
) -> Spoken:
    """`reason` against the version of `facts`, with days in `zone`.

    It names people by `aliases`, and third parties by `recipients`, their names by their numbers.
    """
    entry = reason.entry
    who = aliases.get(reason.person or 0, SOMEONE)
    return Spoken(
        code=reason.code,
        weight=entry.weight,
        sentence=entry.sentence.format(
            who=who,
            what=_listed(reason, recipients),
            since=_day(reason, zone, facts.at),
            picture=_number(reason.asset, facts),
            place=_place(reason, facts),
            work=_work(reason, facts),
        ),
        because=entry.because,
        remedy=entry.remedy,
        remedy_label=REMEDIES[entry.remedy].format(who=who),
        who=who,
        keys=reason.keys,
        person_id=reason.person,
        asset_id=int(reason.asset) if reason.asset else None,
        fingerprint=reason.fingerprint,
        finding=reason.finding,
    )


def _listed(reason: Reason, recipients: Mapping[str, str]) -> str:
    """The reason's keys in words, as a sentence lists them."""
    known = recipients if reason.code in _OF_RECIPIENTS else _WORDS.get(reason.code, {})
    words = [known.get(key, key) for key in reason.keys]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _day(reason: Reason, zone: str, at: datetime) -> str:
    """The reason's day as people say it, with its year unless it is this one."""
    if reason.since is None:
        return "a day not known"
    moment = reason.since - timedelta(microseconds=1) if reason.code in _LAST_DAY else reason.since
    day = moment.astimezone(ZoneInfo(zone)).date()
    year = "" if day.year == at.astimezone(ZoneInfo(zone)).year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"


def _place(reason: Reason, facts: PostFacts) -> str:
    """Where something was found: in a picture by its number, or in the words."""
    return f"picture {_number(reason.asset, facts)}" if reason.asset else "the words"


def _work(reason: Reason, facts: PostFacts) -> str:
    """What an author made: a picture by its number, or the original that the post repeats."""
    return f"picture {_number(reason.asset, facts)}" if reason.asset else "the original"


def _number(asset: str | None, facts: PostFacts) -> int:
    """The picture's number in the version, from 1; 0 if it is not in it."""
    places = [picture.asset for picture in facts.pictures]
    return places.index(asset) + 1 if asset in places else 0


@dataclass(frozen=True)
class Piece:
    """A run of words in a comparison: same, added or removed."""

    kind: str
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """What became of `before`, word by word, with every space and line break kept.

    The pieces that are not *added* put together are `before`; those not *removed* are `after`.
    """
    old, new = _words(before), _words(after)
    found: list[Piece] = []
    for tag, left, left_end, right, right_end in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[left:left_end])))
            continue
        if left_end > left:
            found.append(Piece("removed", "".join(old[left:left_end])))
        if right_end > right:
            found.append(Piece("added", "".join(new[right:right_end])))
    return found


def _words(text: str) -> list[str]:
    """Words and what stands between them."""
    return re.findall(r"\s+|[^\s]+", text)


@dataclass(frozen=True)
class Changed:
    """One text that is not what it was: which, and what became of it."""

    label: str
    pieces: list[Piece]


def changes(before: Sequence[str], after: Sequence[str], label: str) -> Iterator[Changed]:
    """Those of several texts, in their places, that differ. `label` takes a place's number, from 1."""
    for number in range(1, max(len(before), len(after)) + 1):
        old, new = (texts[number - 1] if number <= len(texts) else "" for texts in (before, after))
        if old != new:
            yield Changed(label.format(number), word_diff(old, new))
