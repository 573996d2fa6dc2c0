"""The roster is what a recomputation from the record makes it, whatever was done to whom (R33, R34, R54).

An action that is not among `DONE` fails here until somebody says how it is done; a place that writes names or numbers
and is not among `WRITERS` fails in tests/house.
"""

import inspect
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from consent.access.models import Practice
from consent.audit.ledger import recording
from consent.audit.models import LedgerEntry
from consent.keys.ring import KeyMissing, key_ring, make_key_file, rotate
from consent.people import actions
from consent.people.actions import rostering
from consent.people.models import ContactPoint, Person, PersonName, Roster, RosterKey
from consent.people.rosters import hashes_of, on_record, roster_hashes
from consent.people.rules.roster import OnRecord, handle_piece, number_piece, pair_pieces, phone_piece
from tests.cast import NOW, by, make_person

WHEN = {"at": NOW}


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path):
    """A key file of this test's own, which it may rotate."""
    settings.KEYS_FILE = tmp_path / "keys.json"
    make_key_file(settings.KEYS_FILE)
    return settings.KEYS_FILE


def entered(practice):
    return set(RosterKey.objects.filter(practice=practice).values_list("key", "person_id"))


def recomputed(practice):
    """What the record comes to today, by the key that the roster says it is entered with."""
    people = list(Person.objects.filter(practice=practice).values_list("pk", flat=True))
    roster = Roster.objects.get(practice=practice)
    return roster_hashes(practice.pk, on_record(people), roster.next_key_id or roster.key_id)


def found_by(practice, *pieces):
    """Who is entered under all of these pieces."""
    keys = hashes_of(practice.pk, pieces, [Roster.objects.get(practice=practice).key_id])
    rows = [set(RosterKey.objects.filter(key=key).values_list("person_id", flat=True)) for key in keys]
    return set.intersection(*rows)


def who(cast):
    return {"by": by(cast.finn), **WHEN}


def point_of(cast):
    return actions.add_contact_point(person=cast.ana, kind="phone", value="(555) 014-2233", **who(cast))


def merged(cast):
    return actions.merge_people(person=cast.vic, into=cast.ana, **who(cast))


def represented(cast, seen=""):
    return actions.add_representation(
        person=cast.bea, representative=cast.carla, authority="parent", description="mother",
        evidence_seen=seen, **who(cast),
    )  # fmt: skip


def tied(cast):
    return actions.record_connection(person=cast.ana, kind="gift", since=NOW.date(), **who(cast))


def erased(cast):
    point = point_of(cast)
    # The guard lets only a disposal erase it; that journey is in tests/posts/reports/test_disposals.py.
    with pytest.raises(DatabaseError):
        actions.erase_contact_point(point_id=point.pk, **who(cast))


DONE = {
    "add_person": lambda c: actions.add_person(
        practice=c.practice, given="Lupita", family="de la Vega", relations=["patient"],
        identifiers=[("chart", "RB-7"), ("instagram", "@lupita.v")], contact_points=[("phone", "5550142299")],
        **who(c),
    ),
    "rename_person": lambda c: actions.rename_person(person=c.ana, given="Ana", family="Stone", **who(c)),
    "change_person": lambda c: actions.change_person(person=c.ana, changes={"alias": "A."}, **who(c)),
    "add_identifier": lambda c: actions.add_identifier(person=c.ana, system="chart", value="RB-9", **who(c)),
    "add_contact_point": point_of,
    "erase_contact_point": erased,
    "confirm_contact_point": lambda c: actions.confirm_contact_point(point=point_of(c), **who(c)),
    "verify_contact_point": lambda c: actions.verify_contact_point(
        point=point_of(c), witness=c.freya, how="photo_id", **who(c)
    ),
    "bounce_contact_points": lambda c: actions.bounce_contact_points(
        practice_id=c.practice.pk, address="ana@example.org", mail=1, made_at=NOW, **who(c)
    ),
    "record_death": lambda c: actions.record_death(person=c.ana, died_on=NOW.date(), **who(c)),
    "note_viewing": lambda c: actions.note_viewing(person=c.ana, page="record", **who(c)),
    "index_words": lambda c: actions.index_words(c.ana),
    "keep_on_roster": lambda c: actions.keep_on_roster(c.ana),
    "rebuild_roster": lambda c: actions.rebuild_roster(practice=c.practice, **who(c)),
    "merge_people": merged,
    "confirm_merge": lambda c: actions.confirm_merge(merge=merged(c), by=by(c.eve), **WHEN),
    "undo_merge": lambda c: actions.undo_merge(merge=merged(c), **who(c)),
    "join_member": lambda c: actions.join_member(person=c.nora, user=c.finn, by=by(c.eve), **WHEN),
    "part_member": lambda c: actions.part_member(person=c.nora, by=by(c.eve), **WHEN),
    "record_connection": tied,
    "end_connection": lambda c: actions.end_connection(connection=tied(c), **who(c)),
    "add_representation": represented,
    "record_found_representation": lambda c: actions.record_found_representation(
        person=c.bea, representative=c.carla, authority="parent", description="", **who(c)
    ),
    "add_new_representative": lambda c: actions.add_new_representative(
        person=c.bea, given="Rosa", family="Ruiz", authority="parent", description="mother", **who(c)
    ),
    "verify_representation": lambda c: represented(c, "birth certificate"),
    "end_representation": lambda c: actions.end_representation(representation=represented(c), **who(c)),
    "exclude_representation": lambda c: actions.exclude_representation(
        representation=represented(c), by=by(c.paul), **WHEN
    ),
}  # fmt: skip
ACTIONS = [name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))]


@pytest.mark.parametrize("name", ACTIONS)
class TestAfterAnAction:
    def test_the_roster_is_what_the_record_makes_it(self, cast, name):
        assert {cast.ana.pk, cast.bea.pk, cast.nora.pk}
        DONE[name](cast)
        assert entered(cast.practice) == recomputed(cast.practice) != set()


class TestSomebody:
    def test_is_entered_under_names_and_numbers(self, cast):
        person = DONE["add_person"](cast)
        for piece in (
            *pair_pieces("lupita", "vega"),
            *pair_pieces("lupita", "delavega"),
            phone_piece("+15550142299"),
            number_piece("rb7"),
            handle_piece("lupitav"),
        ):
            assert found_by(cast.practice, piece) == {person.pk}, piece

    def test_is_still_entered_under_a_former_name(self, cast):
        DONE["rename_person"](cast)
        for family in ("ruiz", "stone"):
            assert found_by(cast.practice, *pair_pieces("ana", family)) == {cast.ana.pk}

    def test_who_only_works_here_is_not_on_it(self, cast):
        assert not RosterKey.objects.filter(person=cast.nora).exists()

    def test_who_works_here_and_is_a_patient_too_is_on_it(self, cast):
        both = make_person(cast.practice, "Nina", "Nurse", date(1990, 1, 1), "staff", "patient")
        assert RosterKey.objects.filter(person=both).exists()

    def test_of_the_same_name_has_other_hashes_in_another_practice(self, cast):
        there = make_person(cast.other_practice, "Ana", "Ruiz", date(1984, 3, 2))
        mine = set(RosterKey.objects.filter(person=cast.ana).values_list("key", flat=True))
        theirs = set(RosterKey.objects.filter(person=there).values_list("key", flat=True))
        assert len(mine) == len(theirs) > 0
        assert not mine & theirs

    def test_whose_record_goes_leaves_nothing(self, cast):
        gone = cast.ana
        PersonName.objects.filter(person=gone).delete()
        gone.delete()
        assert not RosterKey.objects.exists()

    def test_whose_change_fails_is_entered_as_before(self, cast):
        assert cast.ana.pk
        before = entered(cast.practice)

        def fails():
            with recording(**who(cast)):
                DONE["rename_person"](cast)
                assert entered(cast.practice) != before
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fails()
        assert entered(cast.practice) == before == recomputed(cast.practice)


class TestWhatIsStored:
    def test_tells_nothing_without_the_key(self, cast, key_file):
        old = roster_hashes(cast.practice.pk, on_record([cast.ana.pk]), key_ring().current)
        other = rotate(key_file)
        new = roster_hashes(cast.practice.pk, on_record([cast.ana.pk]), other)
        assert len(old) == len(new)
        assert not {key for key, _ in old} & {key for key, _ in new}

    def test_is_a_handful_of_rows_for_a_name(self):
        assert len(OnRecord((("Maria", "Fernandez"),)).pieces()) == 6


class TestBuildingAnew:
    def test_goes_over_to_the_current_key(self, cast, key_file):
        assert cast.ana.pk
        before = entered(cast.practice)
        current = rotate(key_file)
        assert entered(cast.practice) == before

        call_command("rebuild_roster", cast.practice.slug)

        roster = Roster.objects.get(practice=cast.practice)
        assert (roster.key_id, roster.next_key_id, roster.upto) == (current, "", 0)
        assert entered(cast.practice) == recomputed(cast.practice)
        assert not entered(cast.practice) & before
        assert LedgerEntry.objects.filter(event="roster.rebuilt").count() == 1

    def test_cut_off_goes_on_where_it_was(self, cast, key_file, monkeypatch):
        people = [cast.ana, cast.bea, cast.carla, cast.vic]
        rotate(key_file)
        enter = rostering._enter
        done: list[int] = []

        def breaks(batch, *rest):
            if len(done) == 2:
                raise KeyboardInterrupt
            done.extend(batch)
            enter(batch, *rest)

        monkeypatch.setattr(rostering, "_enter", breaks)
        with pytest.raises(KeyboardInterrupt):
            actions.rebuild_roster(practice=cast.practice, at_once=1, **who(cast))
        assert Roster.objects.get().upto == people[1].pk
        monkeypatch.setattr(rostering, "_enter", enter)

        assert actions.rebuild_roster(practice=cast.practice, at_once=1, **who(cast)) == 2
        assert entered(cast.practice) == recomputed(cast.practice)

    def test_enters_whoever_is_changed_meanwhile_with_the_new_key(self, cast, key_file):
        assert cast.ana.pk
        current = rotate(key_file)
        rostering._begin(cast.practice)
        DONE["rename_person"](cast)
        assert entered(cast.practice) == roster_hashes(cast.practice.pk, on_record([cast.ana.pk]), current)

    def test_of_people_who_were_there_before_it_begins_unbuilt(self, cast):
        assert {cast.ana.pk, cast.bea.pk}
        RosterKey.objects.all().delete()
        Roster.objects.all().delete()
        DONE["add_identifier"](cast)
        assert Roster.objects.get().key_id == ""

        call_command("rebuild_roster")

        assert Roster.objects.get().key_id == key_ring().current
        assert entered(cast.practice) == recomputed(cast.practice)

    def test_mends_one_of_two_who_share_a_name_and_leaves_the_other(self, cast):
        make_person(cast.practice, "Ana", "Ruiz", date(1990, 1, 1))
        PersonName.objects.filter(person=cast.ana).update(given="Rosa")
        call_command("rebuild_roster")
        assert entered(cast.practice) == recomputed(cast.practice)

    def test_may_leave_alone_what_was_built(self, cast, key_file, capsys):
        assert cast.ana.pk
        call_command("rebuild_roster", "--unbuilt")
        assert capsys.readouterr().out == ""
        Roster.objects.update(key_id="")
        call_command("rebuild_roster", "--unbuilt")
        assert capsys.readouterr().out == "riverbend: 1 person entered anew.\n"

    def test_names_a_practice_that_is_not_there(self, db):
        with pytest.raises(CommandError, match="There is no practice nowhere"):
            call_command("rebuild_roster", "nowhere")

    def test_with_a_replaced_key_file_says_so_until_it_is_built_anew(self, cast, key_file):
        assert cast.ana.pk
        key_file.unlink()
        make_key_file(key_file)
        with pytest.raises(KeyMissing, match="was the key file replaced"):
            DONE["rename_person"](cast)
        call_command("rebuild_roster")
        DONE["rename_person"](cast)
        assert entered(cast.practice) == recomputed(cast.practice)


class TestAPractice:
    def test_is_built_with_its_first_person(self, cast):
        assert not Roster.objects.exists()
        assert cast.ana.pk
        assert Roster.objects.get().key_id == key_ring().current

    def test_keeps_its_roster_while_it_does_not_use_it(self, cast):
        Practice.objects.filter(pk=cast.practice.pk).update(uses_roster=False)
        assert cast.ana.pk
        assert entered(cast.practice) == recomputed(cast.practice) != set()


class TestTheTelephone:
    def test_that_was_erased_is_on_no_roster(self, cast):
        point = point_of(cast)
        ContactPoint.objects.filter(pk=point.pk).update(kind="email")
        actions.keep_on_roster(cast.ana)
        assert found_by(cast.practice, phone_piece("+15550142233")) == set()
