"""What the word screen sees in a version, less what is the practice's own and what the declared people account for.

Nothing of it is stored: the screen is a pure question, asked anew whenever the gate is (R34-R36, R50). So whoever
approves, schedules or sends asks about exactly the words that go out, and no list of findings lies about.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from consent.people.rules import folded, folded_words
from consent.records.queries import plain_rows
from posts.content.queries import Content, Picture
from posts.gate.facts import FindingFacts
from posts.screening.rules.findings import Kind, Outcome
from posts.screening.rules.ours import is_ours
from posts.screening.rules.screening import screen

from ..rules import ACCOUNTED_BY, Called, Sighting, accounted_for, sightings

logger = logging.getLogger(__name__)

NAMES = """SELECT person_id, given, family FROM consent_personname WHERE person_id IN ({ids})
    UNION ALL SELECT id, alias, '' FROM consent_person WHERE id IN ({ids})"""
# What is the practice's own without anybody saying so: how it is called and reached, who works there, its channels.
OURS = """SELECT id AS practice_id, name AS words FROM consent_practice WHERE id IN ({ids})
    UNION ALL SELECT id, address FROM consent_practice WHERE id IN ({ids})
    UNION ALL SELECT id, phone FROM consent_practice WHERE id IN ({ids})
    UNION ALL SELECT id, privacy_officer FROM consent_practice WHERE id IN ({ids})
    UNION ALL SELECT id, privacy_email FROM consent_practice WHERE id IN ({ids})
    UNION ALL SELECT practice_id, name FROM consent_location WHERE practice_id IN ({ids})
    UNION ALL SELECT practice_id, handle FROM posts_channelaccount WHERE practice_id IN ({ids})
    UNION ALL SELECT m.practice_id, u.name FROM consent_membership m JOIN consent_user u ON u.id = m.user_id
      WHERE m.practice_id IN ({ids}) AND m.ended_at IS NULL
    UNION ALL SELECT practice_id, folded FROM posts_ownwords WHERE practice_id IN ({ids}) AND ended_at IS NULL"""


@dataclass(frozen=True)
class Seen:
    """What the screen needs to know of some versions' practices and people. Two queries, none if nobody screens."""

    screens: frozenset[int] = frozenset()
    ours: Mapping[int, frozenset[str]] = field(default_factory=dict)
    called: Mapping[int, Called] = field(default_factory=dict)

    @classmethod
    def read(cls, found: Collection[Content], screens: frozenset[int]) -> "Seen":
        """What the contents of practices that use the word screen need."""
        mine = [content for content in found if content.practice in screens]
        if not mine:
            return cls(screens)
        return cls(
            screens,
            _ours({content.practice for content in mine}),
            _called({p for c in mine for p in c.people}),
        )

    def screened(self, content: Content) -> tuple[Sighting, ...] | None:
        """What stands open in the content's words; None if the screen should have run and did not (R44)."""
        if content.practice not in self.screens:
            return ()
        # Whatever goes wrong in there must close the gate, not the page; the words themselves are not logged.
        with suppress(Exception):
            return tuple(self._open(content))
        logger.error("The word screen failed on version %s.", content.version)
        return None

    def _open(self, content: Content) -> Iterator[Sighting]:
        """What was seen, is not ours, and nobody declared."""
        ours = self.ours.get(content.practice, frozenset())
        kind: Kind = "reply" if content.payload.kind in ("reply", "message") else "caption"
        for place, asset, text in _texts(content):
            if not text.strip():
                continue
            outcome = _read(text, kind if place == "caption" else "caption", content.answers)
            is_reply = kind == "reply" and place == "caption"
            for sighting in sightings(outcome, text, place, asset, is_reply=is_reply):
                if is_ours(text, sighting.start, sighting.end, ours):
                    continue
                if not accounted_for(sighting, content.payload.people, self.called):
                    yield sighting


@lru_cache(maxsize=256)
def _read(text: str, kind: Kind, parent: str) -> Outcome:
    """The screen's answer; the same words are asked about many times on their way out."""
    return screen(text, kind, parent)


def finding_facts(seen: Collection[Sighting]) -> tuple[FindingFacts, ...]:
    """The sightings as the gate is handed them: where and of which type, never the words."""
    return tuple(
        FindingFacts(id=one.id, code=one.code, kind=one.kind, asset=str(one.asset) if one.asset else None)
        for one in seen
    )


def seen_in_pictures(pictures: Collection[Picture]) -> tuple[FindingFacts, ...]:
    """What detectors read in the pictures and nobody explained, and where nobody could look (R38, R44).

    A clearing is for as much writing as there was then.
    """
    read = [
        FindingFacts(
            id=f"writing:{one.asset}:{one.writing}",
            code="PHI_DETECTED_UNLINKED",
            kind="WRITING",
            asset=str(one.asset),
        )
        for one in pictures
        if one.writing
    ]
    waiting = [
        FindingFacts(
            id=f"background:{one.asset}",
            code="DEID_REVIEW_REQUIRED",
            kind="BACKGROUND",
            asset=str(one.asset),
        )
        for one in pictures
        if one.waits
    ]
    return (*read, *waiting)


def stretches_telling(text: str, elements: Collection[str]) -> list[Sighting]:
    """Where a text tells one of the elements of somebody, as the word screen sees it; declared or not."""
    outcome = _read(text, "caption", "")
    return [
        one
        for one in sightings(outcome, text, "caption", None)
        if one.words and ACCOUNTED_BY.get(one.kind, frozenset()) & set(elements)
    ]


def _texts(content: Content) -> Iterator[tuple[str, int | None, str]]:
    """Every text that would go out, the place it stands in, and its picture."""
    yield "caption", None, content.payload.caption
    yield "disclosure", None, content.payload.disclosure
    for picture in content.pictures:
        yield f"alt{picture.position}", picture.asset, picture.alt_text
        yield f"captions{picture.position}", picture.asset, picture.captions


def _ours(practices: Collection[int]) -> dict[int, frozenset[str]]:
    """What is each practice's own, folded; a single name never is."""
    found: dict[int, set[str]] = defaultdict(set)
    for row in plain_rows(OURS, practices):
        words = folded(row["words"])
        if len(words.split()) > 1 or not row["words"].isalpha():
            found[row["practice_id"]].add(words)
    return {practice: frozenset(words - {""}) for practice, words in found.items()}


def _called(people: Collection[int]) -> dict[int, Called]:
    """What the people are called, then and now."""
    given: dict[int, set[str]] = defaultdict(set)
    all_words: dict[int, set[str]] = defaultdict(set)
    for row in plain_rows(NAMES, people) if people else ():
        given[row["person_id"]] |= folded_words(row["given"])
        all_words[row["person_id"]] |= folded_words(f"{row['given']} {row['family']}")
    return {person: Called(frozenset(given[person]), frozenset(all_words[person])) for person in all_words}
