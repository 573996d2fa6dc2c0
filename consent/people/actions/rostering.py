"""The roster: keyed hashes under which the word screen finds the practice's people in a text.

They are made in the transaction that changes the person, so that no post is read with yesterday's names. With
which key is written in the practice's `Roster`; a new building goes over everybody with the ring's current key.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.keys.ring import key_ring

from ..models import Person, Roster, RosterKey
from ..rosters import on_record, roster_hashes

AT_ONCE = 500


def keep_on_roster(person: Person) -> None:
    """Enter the person under all their names and numbers, and under none that they no longer have.

    Part of the action that changed them, whose transaction holds their row.
    """
    roster = _held(person)
    _enter([person.pk], person.practice_id, roster.next_key_id or roster.key_id or key_ring().current)


def rebuild_roster(*, practice: Practice, by: Actor, at: datetime, at_once: int = AT_ONCE) -> int:
    """Enter everybody anew with the ring's current key; answers how many. Cut off, it goes on where it was.

    Needed after a rotation of the keys, and once for people who were there before there was a roster. Posts are read
    meanwhile with both keys.
    """
    key_id = _begin(practice)
    done = 0
    while True:
        upto = Roster.objects.get(practice=practice).upto
        with transaction.atomic():
            rows = Person.objects.select_for_update(no_key=True).filter(practice=practice, pk__gt=upto)
            batch = [one.pk for one in rows.order_by("pk")[:at_once]]
            _enter(batch, practice.pk, key_id)
        if not batch:
            break
        # Apart from the people: whoever changes one takes the roster's row after theirs.
        Roster.objects.filter(practice=practice).update(upto=batch[-1])
        done += len(batch)
    with recording(by=by, at=at):
        roster = Roster.objects.select_for_update(no_key=True).get(practice=practice)
        roster.key_id, roster.next_key_id, roster.upto = key_id, "", 0
        roster.save()
        record("roster.rebuilt", practice, people=Person.objects.filter(practice=practice).count())
    return done


def _begin(practice: Practice) -> str:
    """Announce the new building's key: everybody is entered with it from now on; whoever came before is committed."""
    current = key_ring().current
    with transaction.atomic():
        Roster.objects.get_or_create(practice=practice)
        roster = Roster.objects.select_for_update(no_key=True).get(practice=practice)
        if roster.next_key_id != current:
            roster.next_key_id, roster.upto = current, 0
            roster.save()
    return current


def _held(person: Person) -> Roster:
    """The roster that the person belongs to, held so that no new building begins before this is committed.

    The first person's makes it, built; that of people who were there before it is not.
    """
    others = Person.objects.filter(practice=person.practice_id).exclude(pk=person.pk)
    mine = Roster.objects.filter(practice=person.practice_id)
    if not mine.exists():
        key_id = "" if others.exists() else key_ring().current
        Roster.objects.get_or_create(practice_id=person.practice_id, defaults={"key_id": key_id})
    if connection.vendor == "postgresql":
        # SQLite has one writer anyway.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM consent_roster WHERE practice_id = %s FOR SHARE", [person.practice_id]
            )
    return mine.get()


def _enter(people: Collection[int], practice: int, key_id: str) -> None:
    """Let these people be entered with this key exactly as they are on record."""
    wanted = roster_hashes(practice, on_record(people), key_id)
    there = set(RosterKey.objects.filter(person__in=people).values_list("key", "person_id"))
    keys, persons = {key for key, _ in there - wanted}, {person for _, person in there - wanted}
    RosterKey.objects.filter(person__in=persons, key__in=keys).delete()
    # Of two who share a name, what one lost may have gone from the other as well.
    there -= {(key, person) for key, person in there if key in keys and person in persons}
    RosterKey.objects.bulk_create(
        (RosterKey(key=key, person_id=person, practice_id=practice) for key, person in wanted - there),
        batch_size=2000,
    )
