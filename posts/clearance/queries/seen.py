"""What the word screen and the roster see in a version, less what is ours and what the declared people account for.

Nothing of it is stored: the screen is a pure question, asked anew whenever the gate is (R34-R36, R50). So whoever
approves, schedules or sends asks about exactly the words that go out, and no list of findings lies about.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from consent.people.queries import identities
from consent.people.rules import folded, folded_words
from consent.records.queries import plain_rows
from posts.content.queries import Content, Picture
from posts.gate.facts import FindingFacts
from posts.library.queries import approved_replies
from posts.screening.queries import on_roster
from posts.screening.rules.findings import Kind, Outcome
from posts.screening.rules.ours import is_ours
from posts.screening.rules.roster import Match, RosterState
from posts.screening.rules.screening import screen

from ..rules import ACCOUNTED_BY, Called, Sighting, accounted_for, credited, matched, sightings, without

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
    """What the screen needs to know of some versions' practices and people. Four queries, a fifth for replies, none if
    nobody screens.

    `known` is what the rosters say of the texts, by practice and text; a practice with a roster that could not be asked
    is not in it. `records` are the records of each declared person that are one human being.
    """

    screens: frozenset[int] = frozenset()
    ours: Mapping[int, frozenset[str]] = field(default_factory=dict)
    called: Mapping[int, Called] = field(default_factory=dict)
    rosters: Mapping[int, RosterState] = field(default_factory=dict)
    known: Mapping[int, Mapping[str, list[Match]]] = field(default_factory=dict)
    records: Mapping[int, Collection[int]] = field(default_factory=dict)
    approved: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(
        cls, found: Collection[Content], screens: frozenset[int], rosters: Mapping[int, RosterState]
    ) -> "Seen":
        """What the contents need that are screened: those of practices that use the word screen, and every repost.

        `rosters` are those of the practices that have one.
        """
        mine = [one for one in found if one.practice in screens or one.payload.claims.repeats]
        if not mine:
            return cls(screens)
        people = {person for content in mine for person in content.people}
        known = _known(mine, rosters)
        return cls(
            screens,
            ours_of({content.practice for content in mine}),
            _called(people),
            rosters,
            known,
            identities(people) if people and known else {},
            _approved({content.practice for content in mine if _is_reply(content)}),
        )

    def screened(self, content: Content) -> tuple[Sighting, ...] | None:
        """What stands open in the content's words; None if the screen should have run and did not (R44)."""
        if content.practice not in self.screens and not content.payload.claims.repeats:
            return ()
        if content.practice in self.rosters and content.practice not in self.known:
            logger.error("The roster of practice %s could not be asked.", content.practice)
            return None
        # Whatever goes wrong in there must close the gate, not the page; the words themselves are not logged.
        with suppress(Exception):
            return tuple(self._open(content))
        logger.error("The word screen failed on version %s.", content.version)
        return None

    def _open(self, content: Content) -> Iterator[Sighting]:
        """What was seen, is not ours, and nobody declared."""
        ours = self.ours.get(content.practice, frozenset())
        known = self.known.get(content.practice, {})
        for place, asset, text in _texts(content):
            if not text.strip():
                continue
            found = known.get(text, [])
            credit = tuple(credited(text, place, asset, content.payload.claims))
            seen = self._screened(content, place, asset, text)
            for sighting in (*credit, *matched(found, text, place, asset), *without(credit, seen)):
                # The name of somebody on record is never ours: the nurse would hide the patient who is called alike.
                is_known_name = sighting.people and sighting.kind == "NAME"
                if not is_known_name and is_ours(text, sighting.start, sighting.end, ours):
                    continue
                if not sighting.people and any(
                    one.tells(sighting.kind, sighting.start, sighting.end) for one in found
                ):
                    continue
                if not accounted_for(sighting, content.payload.people, self.called, self.records):
                    yield sighting

    def _screened(self, content: Content, place: str, asset: int | None, text: str) -> Iterator[Sighting]:
        """What the word screen sees in one text of a version; nothing where the practice does not use it."""
        if content.practice not in self.screens:
            return iter(())
        is_reply = _is_reply(content) and place == "caption"
        approved = self.approved.get(content.practice, ())
        outcome = _read(text, "reply" if is_reply else "caption", content.answers, approved)
        return sightings(outcome, text, place, asset, is_reply=is_reply)


def _known(
    found: Collection[Content], rosters: Mapping[int, RosterState]
) -> dict[int, dict[str, list[Match]]]:
    """What the rosters say of every text."""
    texts: dict[int, set[str]] = {content.practice: set() for content in found if content.practice in rosters}
    for content in found:
        if content.practice in texts:
            texts[content.practice] |= {text for _, _, text in _texts(content) if text.strip()}
    return on_roster(texts, rosters) if texts else {}


@lru_cache(maxsize=256)
def _read(text: str, kind: Kind, parent: str, approved: tuple[str, ...] = ()) -> Outcome:
    """The screen's answer; the same words are asked about many times on their way out."""
    return screen(text, kind, parent, approved)


def finding_facts(seen: Collection[Sighting]) -> tuple[FindingFacts, ...]:
    """The sightings as the gate is handed them: where and of which type, never the words."""
    return tuple(
        FindingFacts(id=one.id, code=one.code, kind=one.kind, asset=str(one.asset) if one.asset else None)
        for one in seen
    )


def seen_in_pictures(pictures: Collection[Picture]) -> tuple[FindingFacts, ...]:
    """What detectors read in the pictures and nobody explained (R38).

    A clearing is for as much writing as there was then.
    """
    return tuple(
        FindingFacts(
            id=f"writing:{one.asset}:{one.writing}",
            code="PHI_DETECTED_UNLINKED",
            kind="WRITING",
            asset=str(one.asset),
        )
        for one in pictures
        if one.writing
    )


def stretches_telling(text: str, elements: Collection[str]) -> list[Sighting]:
    """Where a text tells one of the elements of somebody, as the word screen sees it; declared or not."""
    outcome = _read(text, "caption", "")
    return [
        one
        for one in sightings(outcome, text, "caption", None)
        if one.words and ACCOUNTED_BY.get(one.kind, frozenset()) & set(elements)
    ]


def _is_reply(content: Content) -> bool:
    return content.payload.kind in ("reply", "message")


def _approved(practices: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The replies that each practice approved for anybody; no query if nothing is a reply (R50)."""
    return approved_replies(practices) if practices else {}


def _texts(content: Content) -> Iterator[tuple[str, int | None, str]]:
    """Every text that would go out, the place it stands in, and its picture."""
    yield "caption", None, content.payload.caption
    yield "disclosure", None, content.payload.disclosure
    for picture in content.pictures:
        yield f"alt{picture.position}", picture.asset, picture.alt_text
        yield f"captions{picture.position}", picture.asset, picture.captions


def ours_of(practices: Collection[int]) -> dict[int, frozenset[str]]:
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
