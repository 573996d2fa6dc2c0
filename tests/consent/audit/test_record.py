"""Writing lines: `recording` and `record`."""

import json
from datetime import date, timedelta

import pytest
from django.db import transaction

from consent.access.models import Location, User
from consent.audit.ledger import NotRecording, UnknownEvent, record, recording
from consent.audit.models import ChainHead, LedgerEntry
from consent.audit.rules import GENESIS, INSTALLATION, SYSTEM, practice_chain
from tests.cast import NOW

from .conftest import FINN


def move_and_fail(practice):
    Location.objects.create(practice=practice, name="Main Street")
    record("location.changed", practice)
    raise RuntimeError


def entries(chain):
    return list(LedgerEntry.objects.filter(chain=chain).order_by("seq"))


class TestRecording:
    def test_links_each_entry_to_the_one_before(self, write):
        first, second = entries(write(2))
        assert (first.seq, second.seq) == (1, 2)
        assert first.previous == GENESIS
        assert second.previous == first.hash
        assert ChainHead.objects.get(chain=first.chain).hash == second.hash

    def test_says_who_did_what_when_to_whom(self, write):
        entry = entries(write(1))[0]
        assert (entry.actor, entry.event, entry.at, entry.person) == ("user:7", "person.viewed", NOW, 0)
        assert json.loads(bytes(entry.body))["facts"] == {"page": "details"}

    def test_keeps_what_belongs_to_no_practice_in_the_installations_chain(self, db):
        user = User.objects.create_user("olga@example.org", name="Olga")
        with recording(by=SYSTEM, at=NOW):
            record("pin.changed", user)
        assert entries(INSTALLATION)[0].subject == f"user:{user.pk}"

    def test_undoes_rows_and_lines_together(self, practice):
        with pytest.raises(RuntimeError), recording(by=FINN, at=NOW):
            move_and_fail(practice)
        assert not Location.objects.exists()
        assert not LedgerEntry.objects.exists()

    def test_begins_afresh_after_a_failure(self, write):
        with pytest.raises(RuntimeError), recording(by=FINN, at=NOW):
            raise RuntimeError
        assert len(entries(write(1))) == 1


class TestNestedRecording:
    def test_joins_the_outer_one_and_speaks_for_itself(self, practice):
        later = NOW + timedelta(seconds=1)
        with recording(by=FINN, at=NOW):
            with recording(by=SYSTEM, at=later):
                record("location.changed", practice)
            record("practice.changed", practice)
        told = [(entry.event, entry.actor, entry.at) for entry in entries(practice_chain(practice.pk))]
        assert told == [("location.changed", "system", later), ("practice.changed", "user:7", NOW)]

    def test_that_fails_undoes_its_own_rows_and_lines_only(self, practice):
        with recording(by=FINN, at=NOW):
            record("practice.changed", practice)
            with pytest.raises(RuntimeError), recording(by=FINN, at=NOW):
                move_and_fail(practice)
        assert [entry.event for entry in entries(practice_chain(practice.pk))] == ["practice.changed"]
        assert not Location.objects.exists()

    def test_a_savepoint_rolled_back_takes_its_lines_along(self, practice):
        with recording(by=FINN, at=NOW):
            with pytest.raises(RuntimeError), transaction.atomic():
                move_and_fail(practice)
            record("practice.changed", practice)
        assert [entry.event for entry in entries(practice_chain(practice.pk))] == ["practice.changed"]


class TestRecord:
    def test_refuses_to_be_called_outside_recording(self, practice):
        with pytest.raises(NotRecording, match=r"person\.viewed was recorded outside"):
            record("person.viewed", practice)

    @pytest.mark.parametrize(
        ("event", "facts"), [("person.painted", {}), ("person.viewed", {"name": "Ana Ruiz"})]
    )
    def test_refuses_what_is_not_in_the_vocabulary(self, practice, event, facts):
        with pytest.raises(UnknownEvent), recording(by=FINN, at=NOW):
            record(event, practice, **facts)

    def test_refuses_a_subject_that_was_not_saved(self, practice):
        with pytest.raises(ValueError, match="not saved"), recording(by=FINN, at=NOW):
            record("location.changed", Location(practice=practice))

    def test_refuses_a_fact_that_is_not_plain(self, practice):
        with pytest.raises(TypeError, match="not Practice"), recording(by=FINN, at=NOW):
            record("person.viewed", practice, page=practice)

    def test_writes_instants_days_and_sets_as_text(self, practice):
        with recording(by=FINN, at=NOW):
            record("delivery.scheduled", practice, due_at=NOW, version=date(2026, 11, 23), account={"b", "a"})
        facts = json.loads(bytes(LedgerEntry.objects.get().body))["facts"]
        assert facts == {
            "account": ["a", "b"],
            "due_at": "2026-11-23T15:00:00.000000Z",
            "version": "2026-11-23",
        }
