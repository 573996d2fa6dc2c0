"""Whom the words of a post may mean: people by what was typed, and the names that the word screen saw."""

from collections.abc import Iterable
from datetime import datetime

from consent.access.models import Practice
from consent.people.models import Person
from consent.people.queries import people_called, people_found
from consent.records.queries import standings
from posts.clearance.queries import Answers, PersonShown, shown
from posts.clearance.rules import Spoken, first_word

FOUND_AT_ONCE, NAMES_AT_MOST = 8, 3


def people_to_mention(practice: Practice, text: str, at: datetime, *, identify: bool) -> list[PersonShown]:
    """People whom `text` may mean, with their badges (R54)."""
    if not text.strip():
        return []
    found = people_found(practice, text, FOUND_AT_ONCE, identify=identify)
    badges = standings(found, at)
    return [shown(person, badges[person.pk]) for person in found]


def called_as_seen(practice: Practice, said: Answers, *, identify: bool) -> dict[str, list[Person]]:
    """Those on record with a name that the word screen saw, by that name as it was seen.

    Without `identify` the alias decides, which often is the first name alone (R54).
    """
    spoken = [one for answer in said.by_version.values() for one in answer.reasons]
    names = [one.sighting.words for one in spoken if one.sighting and one.sighting.kind == "NAME"]
    asked = {name: name if identify else first_word(name) for name in dict.fromkeys(names[:NAMES_AT_MOST])}
    found = people_called(practice, list(dict.fromkeys(asked.values())), identify=identify)
    called = {name: found[word] for name, word in asked.items() if word in found}
    return _on_roster(practice, spoken, called)


def _on_roster(
    practice: Practice, spoken: Iterable[Spoken], called: dict[str, list[Person]]
) -> dict[str, list[Person]]:
    """Also those whom the roster knows by a name that was misspelled or shortened; it tells nobody who may not know."""
    known = {
        one.sighting.words: [who.number for who in one.known] for one in spoken if one.sighting and one.known
    }
    people = (
        Person.objects.filter(practice=practice).in_bulk({one for ones in known.values() for one in ones})
        if known
        else {}
    )
    for name, numbers in known.items():
        there = called.setdefault(name, [])
        there += [people[one] for one in numbers if one in people and people[one] not in there]
    return called
