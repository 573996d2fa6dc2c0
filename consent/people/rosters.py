"""What is on record of people that a text may hold, and the keyed hashes that it comes to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from consent.access.models import Practice
from consent.keys.ring import key_ring

from .models import ContactPoint, Identifier, Person, PersonName, Relation, Roster
from .rules import OnRecord, hashed

T = TypeVar("T")
PURPOSE = "roster"


def roster_hashes(practice: int, people: Mapping[int, OnRecord], key_id: str) -> set[tuple[int, int]]:
    """Each keyed hash with its person, by the ring's key `key_id`. Raises `KeyMissing`."""
    key = key_ring().derive(PURPOSE, key_id)
    return {
        (hashed(key, practice, piece), person) for person, found in people.items() for piece in found.pieces()
    }


def is_built(practice: Practice) -> bool:
    """Whether everybody of the practice is on its roster; where nobody is on record, nobody is missing."""
    built = Roster.objects.filter(practice=practice).exclude(key_id="")
    return built.exists() or not Person.objects.filter(practice=practice).exists()


def hashes_of(practice: int, pieces: Iterable[str], key_ids: Iterable[str]) -> dict[int, str]:
    """The pieces of a text by their keyed hashes, with each of these keys of the ring. Raises `KeyMissing`."""
    ring = key_ring()
    pieces = list(pieces)
    keys = [ring.derive(PURPOSE, key_id) for key_id in key_ids]
    return {hashed(key, practice, piece): piece for key in keys for piece in pieces}


def on_record(people: Collection[int]) -> dict[int, OnRecord]:
    """What is on record of each; of those who only ever worked here nothing: their names are the practice's own."""
    kinds = _by_person(Relation.objects.filter(person__in=people).values_list("person_id", "kind"))
    names = _by_person(
        (person, (given, family))
        for person, given, family in PersonName.objects.filter(person__in=people).values_list(
            "person_id", "given", "family"
        )
    )
    phones = _by_person(
        ContactPoint.objects.filter(person__in=people, kind=ContactPoint.Kind.PHONE).values_list(
            "person_id", "value"
        )
    )
    numbers = _by_person(
        (person, (system, value))
        for person, system, value in Identifier.objects.filter(person__in=people).values_list(
            "person_id", "system", "value"
        )
    )
    return {
        one: OnRecord(tuple(names[one]), tuple(phones[one]), tuple(numbers[one]))
        for one in people
        if set(kinds[one]) != {Relation.Kind.STAFF}
    }


def _by_person(rows: Iterable[tuple[int, T]]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for person, one in rows:
        found[person].append(one)
    return found
