"""Third parties on the practice's page, and what its places bring along (R66, R77, R82)."""

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from consent.access.models import LocationFacts, Recipient
from consent.audit.models import LedgerEntry
from tests.cast import NOW
from tests.desk import as_, at, words

AGENCY = {"name": "Bright Agency", "acts_for_us": "on"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


class TestAThirdParty:
    def add(self, cast, **said):
        return words(as_(cast.olga).post(at("access:add_recipient"), AGENCY | said, follow=True))

    def test_is_added_and_shown_without_an_agreement(self, cast):
        page = self.add(cast)
        assert "Bright Agency is on the list." in page
        assert "No agreement</span>" in page
        assert "It gets nothing until there is one." in page

    def test_gets_an_agreement_with_its_last_day(self, cast):
        self.add(cast)
        days = {"acts_for_us": "on", "agreement_from": "2026-01-01", "agreement_until": "2026-12-31"}
        door = at("access:change_recipient", Recipient.objects.get().pk)

        page = words(as_(cast.eve).post(door, days, follow=True))

        assert "Agreement until 31 Dec 2026." in page
        with time_machine.travel("2027-01-01T12:00:00Z", tick=False):
            later = words(as_(cast.eve).get(at("access:practice")))
        assert "Agreement ended" in later
        assert "It ended 31 Dec 2026." in later

    def test_keeps_the_end_that_a_tab_opened_earlier_does_not_know(self, cast):
        self.add(cast, agreement_from="2026-01-01")
        door = at("access:change_recipient", Recipient.objects.get().pk)
        seen = {"acts_for_us": "on", "agreement_from": "2026-01-01", "agreement_until": ""}
        shown = {f"initial-{name}": value for name, value in seen.items()}
        olga = as_(cast.olga)
        assert 'name="initial-agreement_until"' in olga.get(door).content.decode()
        olga.post(door, seen | shown | {"agreement_until": "2026-06-30"})
        olga.post(door, seen | shown)
        assert str(Recipient.objects.get().agreement_until) == "2026-06-30"

    def test_is_not_added_twice_nor_with_days_the_wrong_way_round(self, cast):
        self.add(cast)
        assert "is on the list already" in self.add(cast, name="bright  agency")
        wrong = self.add(cast, name="Other", agreement_from="2026-02-01", agreement_until="2026-01-01")
        assert "The agreement ends before it begins." in wrong
        assert Recipient.objects.count() == 1

    def test_is_kept_by_owner_and_compliance_alone(self, cast):
        self.add(cast)
        for user in (cast.dan, cast.finn, cast.aida):
            assert as_(user).post(at("access:add_recipient"), AGENCY).status_code == 403
        assert "Add a third party" not in words(as_(cast.aida).get(at("access:practice")))


class TestAPlace:
    def test_shows_hospital_part_2_and_small_town_and_keeps_them_when_something_else_changes(self, cast):
        LocationFacts.objects.filter(location=cast.location).update(hospital=True, small_town=True)
        olga = as_(cast.olga)
        assert "a hospital and a small town" in words(olga.get(at("access:practice")))

        page = words(olga.get(at("access:record_facts", cast.location.pk)))

        for name, ticked in (("hospital", True), ("part2", False), ("small_town", True)):
            box = page.split(f'name="{name}"')[1].split(">")[0]
            assert ("checked" in box) == ticked, name


class TestWhoNoLongerWorksWithUs:
    @pytest.fixture
    def agency(self, cast):
        as_(cast.olga).post(at("access:add_recipient"), AGENCY)
        return Recipient.objects.get()

    def end(self, cast, agency, since="2026-11-23", user=None):
        door = at("access:end_recipient", agency.pk)
        return as_(user or cast.eve).post(door, {"since": since}, follow=True)

    def test_is_asked_about_first(self, cast, agency):
        page = words(as_(cast.eve).get(at("access:end_recipient", agency.pk)))
        assert "Bright Agency no longer works with us?" in page
        assert 'value="2026-11-23"' in page
        assert Recipient.objects.get().ended_at is None

    def test_is_shown_apart_with_its_day(self, cast, agency):
        page = words(self.end(cast, agency, "2026-11-01"))
        assert "Bright Agency is off the list. It gets nothing any more." in page
        on_the_list, _, gone = page.partition("No longer work with us")
        assert "Change the agreement of Bright Agency" not in on_the_list
        assert "since" in gone
        assert "Nov 1, 2026" in gone or "1 Nov" in gone
        assert "Put it back: Bright Agency" in gone
        entry = LedgerEntry.objects.filter(event="recipient.ended").get()
        assert entry.subject == f"recipient:{agency.pk}"

    def test_has_not_left_on_a_day_to_come(self, cast, agency):
        assert "That day has not come yet." in words(self.end(cast, agency, "2026-11-24"))
        assert Recipient.objects.get().ended_at is None

    def test_leaves_once(self, cast, agency):
        self.end(cast, agency)
        assert self.end(cast, agency, "2026-11-01").status_code == 404

    def test_comes_back_after_asking_once_more(self, cast, agency):
        self.end(cast, agency)
        door, eve = at("access:return_recipient", agency.pk), as_(cast.eve)
        assert "Put Bright Agency back on the list?" in words(eve.get(door))
        assert Recipient.objects.get().ended_at is not None
        page = words(eve.post(door, follow=True))
        assert "Bright Agency is back on the list." in page
        assert "No longer work with us" not in page

    def test_does_not_come_back_beside_another_so_called(self, cast, agency):
        self.end(cast, agency)
        as_(cast.olga).post(at("access:add_recipient"), AGENCY)
        page = words(as_(cast.eve).post(at("access:return_recipient", agency.pk), follow=True))
        assert "is on the list already" in page
        assert Recipient.objects.filter(ended_at=None).count() == 1

    def test_is_decided_by_owner_and_compliance_alone(self, cast, agency):
        for user in (cast.dan, cast.finn, cast.aida):
            assert self.end(cast, agency, user=user).status_code == 403
        self.end(cast, agency)
        page = words(as_(cast.aida).get(at("access:practice")))
        assert "No longer work with us" in page
        assert "Put it back" not in page

    def test_is_kept_by_the_database(self, cast, agency):
        for statement in (
            "DELETE FROM consent_recipient",
            "INSERT OR REPLACE INTO consent_recipient SELECT * FROM consent_recipient",
        ):
            if connection.vendor != "sqlite" and "REPLACE" in statement:
                continue
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
