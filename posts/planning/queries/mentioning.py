"""Whom the words of a post may mean: people by what was typed, and the names that the word screen saw."""

from datetime import datetime

from consent.access.models import Practice
from consent.people.queries import people_found
from consent.records.queries import standings
from posts.clearance.queries import Answers, PersonShown, shown

FOUND_AT_ONCE = 8


def people_to_mention(practice: Practice, text: str, at: datetime, *, identify: bool) -> list[PersonShown]:
    """People whom `text` may mean, with their badges (R54)."""
    if not text.strip():
        return []
    found = people_found(practice, text, FOUND_AT_ONCE, identify=identify)
    badges = standings(found, at)
    return [shown(person, badges[person.pk]) for person in found]


def names_seen(said: Answers) -> list[str]:
    """The names among the words that the screen saw, each once."""
    spoken = [one for answer in said.by_version.values() for one in answer.reasons]
    names = [one.sighting.words for one in spoken if one.sighting and one.sighting.kind == "NAME"]
    return list(dict.fromkeys(names))[:FOUND_AT_ONCE]
