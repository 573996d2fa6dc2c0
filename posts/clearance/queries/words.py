"""Verdicts and people as a page says them: as many queries for one reason as for a hundred."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consent.access.models import Practice, Recipient
from consent.people.models import Person
from consent.records.rules import Standing, standing
from posts.content.quoting import quote_diff
from posts.gate.decide import Verdict, is_small
from posts.gate.facts import PostFacts
from posts.gate.reasons import Reason

from ..rules import Sighting, Spoken, spoken
from .clearings import Judged, asked_of, notes_of
from .facts import Imagined, Ruling

NOTHING_SEEN: Mapping[tuple[int, str], Sighting] = {}
NOTHING_QUOTED: Mapping[int, tuple[str, str]] = {}
ALTERED = "FTC_TESTIMONIAL_ALTERED"


@dataclass(frozen=True)
class PersonShown:
    """Someone in a post: the row, the badge, and the last instant of what is on file."""

    person: Person
    standing: Standing
    until: datetime | None


@dataclass(frozen=True)
class Answer:
    """What the gate says of one version, in words, in the order of its rules."""

    facts: PostFacts
    verdict: Verdict
    reasons: tuple[Spoken, ...]
    cleared: tuple[Spoken, ...] = ()

    @property
    def stopped(self) -> int:
        """How many reasons speak against it."""
        return len(self.reasons)

    @property
    def waits_for_another(self) -> bool:
        """Whether nothing is left but what a second person has to agree to clear."""
        return bool(self.reasons) and all(one.asked and one.asked.waits for one in self.reasons)

    @property
    def small(self) -> bool:
        """Whether the place is so small that the author cannot be one of the two who clear (R35)."""
        return is_small(self.facts)


@dataclass(frozen=True)
class Answers:
    """The answers for some versions, by version, and everyone who is in any of them."""

    by_version: dict[int, Answer]
    people: tuple[PersonShown, ...]

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against any of them; without a version nothing can go out."""
        return bool(self.by_version) and all(answer.verdict.allowed for answer in self.by_version.values())


def rulings_in_words(practice: Practice, found: Iterable[Ruling | Imagined], at: datetime) -> Answers:
    """`answers` for rulings, with the words that the screen saw."""
    found = list(found)
    seen = {(one.facts.version, sighting.id): sighting for one in found for sighting in one.sightings}
    quoting = {one.facts.version: one.quoting for one in found}
    return answers(practice, [(one.facts, one.verdict) for one in found], at, seen, quoting)


def answers(
    practice: Practice,
    judged: Iterable[Judged],
    at: datetime,
    seen: Mapping[tuple[int, str], Sighting] = NOTHING_SEEN,
    quoting: Mapping[int, tuple[str, str]] = NOTHING_QUOTED,
) -> Answers:
    """The verdicts in words, people by their aliases (R54), days in the practice's zone.

    `seen` are the word screen's sightings by version and finding, for a page that shows the words themselves; `quoting`
    what was said and the words that quote it, by version.
    """
    judged = list(judged)
    facts_of = {one.person.id: one for facts, _ in judged for one in facts.people}
    named = {reason.person for _, verdict in judged for reason in verdict.reasons if reason.person}
    rows = Person.objects.filter(practice=practice).in_bulk(facts_of.keys() | named)
    aliases = {number: person.alias for number, person in rows.items()}
    recipients, asked, notes = _recipients(practice, judged), asked_of(judged), notes_of(judged)

    def said(reason: Reason, facts: PostFacts) -> Spoken:
        found = spoken(reason, facts, aliases, practice.time_zone, recipients)
        standing_proposal = asked.get((facts.version, facts.digest, reason.fingerprint))
        return replace(
            found,
            asked=standing_proposal,
            note=notes.get(reason.finding, ""),
            sighting=seen.get((facts.version, reason.finding)),
            altered=tuple(quote_diff(*quoting[facts.version]))
            if reason.code == ALTERED and facts.version in quoting
            else (),
        )

    by_version = {
        facts.version: Answer(
            facts,
            verdict,
            tuple(said(reason, facts) for reason in verdict.reasons),
            tuple(said(reason, facts) for reason in verdict.cleared),
        )
        for facts, verdict in judged
    }
    people = [
        shown(rows[number], standing(one.consents, one.person, at))
        for number, one in facts_of.items()
        if number in rows
    ]
    return Answers(by_version, tuple(sorted(people, key=lambda one: (one.person.alias, one.person.pk))))


def _recipients(practice: Practice, judged: Iterable[Judged]) -> dict[str, str]:
    """The names of the third parties in these versions by their numbers; no query if there are none."""
    numbers = {recipient.id for facts, _ in judged for recipient in facts.recipients}
    rows = Recipient.objects.filter(practice=practice, pk__in=numbers) if numbers else ()
    return {str(row.pk): row.name for row in rows}


def shown(person: Person, found: Standing) -> PersonShown:
    """A person with their badge; *until* is the last instant, not the first after it, and never a birthday (R54)."""
    ends = found.at if found.key in ("on_file", "soon") and not found.is_birthday else None
    return PersonShown(person, found, ends - timedelta(microseconds=1) if ends else None)
