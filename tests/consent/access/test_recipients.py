"""Third parties on the practice's page, and what its places bring along (R66, R77, R82)."""

import pytest
import time_machine

from consent.access.models import LocationFacts, Recipient
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
