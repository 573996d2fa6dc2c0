"""The practice's own words, and its roster, read."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from django.db import connection
from django.db.models import QuerySet

from consent.access.models import Practice
from consent.keys.ring import KeyMissing, key_ring
from consent.people.models import Person, Roster
from consent.people.rosters import hashes_of

from .models import OwnWords
from .rules.asking import questions_of
from .rules.roster import Entry, Match, RosterState, matches

# An index on the hash answers it; the names are there to compare half words with (`consent.people.rules.roster`).
ENTRIES = """SELECT k.key, k.practice_id, k.person_id, n.given, n.family FROM consent_rosterkey k
    LEFT JOIN consent_personname n ON n.person_id = k.person_id WHERE k.key IN ({keys})"""
KEYS_AT_ONCE = 20_000


def own_words(practice: Practice) -> QuerySet[OwnWords]:
    """The words known as the practice's own, in the order of the alphabet."""
    rows = OwnWords.objects.filter(practice=practice, ended_at=None).select_related("added_by")
    return rows.order_by("folded", "pk")


def roster_state(practice: Practice) -> RosterState | None:
    """How far the practice's roster is built; None if it uses none."""
    if not (practice.uses_roster and practice.screens_words):
        return None
    roster = Roster.objects.filter(practice=practice).first()
    has_people = Person.objects.filter(practice=practice).exists()
    return RosterState(roster.key_id if roster else "", roster.next_key_id if roster else "", has_people)


def on_roster(
    asked: Mapping[int, Collection[str]], rosters: Mapping[int, RosterState]
) -> dict[int, dict[str, list[Match]]]:
    """What each practice's roster knows of its texts; one query for all, none if no text asks anything.

    A practice is left out whose roster cannot be asked: never built, or made with a key that is gone.
    """
    hashes: dict[int, dict[int, str]] = {}
    for practice, texts in asked.items():
        pieces = {piece for text in texts for one in questions_of(text) for piece in one.pieces}
        try:
            hashes[practice] = _hashes(practice, pieces, rosters[practice])
        except KeyMissing:
            continue
    found = _entries(hashes)
    return {
        practice: {text: matches(questions_of(text), found[practice]) for text in asked[practice]}
        for practice in hashes
    }


def _hashes(practice: int, pieces: Collection[str], roster: RosterState) -> dict[int, str]:
    """The pieces by their hashes. The current key is asked, too: a new building may begin this minute."""
    if not roster.is_built:
        raise KeyMissing("The roster was never built.")
    key_ids = {roster.key_id, roster.next_key_id, key_ring().current} - {""}
    return hashes_of(practice, pieces, key_ids) if roster.has_people else {}


def _entries(hashes: Mapping[int, Mapping[int, str]]) -> dict[int, dict[str, list[Entry]]]:
    """Whom the hashes lead to, by practice and piece."""
    found: dict[int, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for key, practice, person, given, family in _rows([key for keys in hashes.values() for key in keys]):
        piece = hashes.get(practice, {}).get(key)
        if piece is not None:
            found[practice][piece].append(Entry(person, given or "", family or ""))
    return found


def _rows(keys: list[int]) -> Iterator[tuple[int, int, int, str | None, str | None]]:
    """The rows of these hashes. They are whole numbers of our own making, and stand in the query as they are."""
    for first in range(0, len(keys), KEYS_AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(ENTRIES.format(keys=", ".join(map(str, keys[first : first + KEYS_AT_ONCE]))))
            yield from cursor.fetchall()
