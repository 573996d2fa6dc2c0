"""Two records of one human being: found, compared, joined, bound together, taken apart."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

from consent.people.models import Merge
from consent.people.queries import identity_ids
from consent.records.actions import place_hold
from consent.records.queries import standings
from tests.cast import NOW, by, make_person
from tests.consents import signed_consent
from tests.desk import as_, at, words


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def twin(cast):
    """Ana once more, entered under a nickname."""
    return make_person(cast.practice, "Annie", "Ruiz", cast.ana.date_of_birth)


def joined(cast, twin):
    return as_(cast.finn).post(at("records:merge", twin.pk), {"other": cast.ana.pk}, follow=True)


def confirmed(user, person):
    merge = Merge.objects.get(undone_at=None)
    return as_(user).post(at("records:confirm_merge", person.pk, merge.pk), follow=True)


class TestJoiningTwoRecords:
    def test_finds_the_other_and_shows_both_side_by_side_before_anything_happens(self, cast, twin):
        finn = as_(cast.finn)
        assert f"?other={cast.ana.pk}" in words(finn.get(at("records:merge", twin.pk)))

        page = words(finn.get(at("records:merge", twin.pk), {"other": cast.ana.pk}))

        assert "Annie Ruiz" in page
        assert "Ana Ruiz" in page
        assert "They are one person" in page
        assert not Merge.objects.exists()

    def test_shows_it_on_both_records(self, cast, twin):
        page = words(joined(cast, twin))
        assert "Joined. A hold or a withdrawal of either record binds both now." in page
        assert "The same person as" in page
        other = words(as_(cast.eve).get(at("records:person", twin.pk)))
        assert "Ana Ruiz</a>, which is the main record" in other

    def test_binds_both_by_a_hold_of_either_which_either_page_lifts(self, cast, twin):
        joined(cast, twin)
        place_hold(person=twin, by=by(cast.finn), at=NOW)
        finn = as_(cast.finn)
        assert "They asked us to stop," in words(finn.get(at("records:person", cast.ana.pk)))
        page = words(finn.post(at("records:lift_hold", cast.ana.pk), follow=True))
        assert "The hold is lifted." in page
        assert "They asked us to stop," not in page

    def test_lets_a_record_of_the_other_half_be_marked_as_wrong(self, cast, twin):
        consent = signed_consent(cast, twin)
        joined(cast, twin)
        confirmed(cast.freya, twin)
        door = at("records:invalidate", cast.ana.pk, consent.pk)
        page = words(as_(cast.eve).post(door, {"reason": "in_error"}, follow=True))
        assert "The record was marked as wrong." in page

    def test_keeps_one_main_record_for_a_third(self, cast, twin):
        joined(cast, twin)
        third = make_person(cast.practice, "Anita", "Ruiz", cast.ana.date_of_birth)
        as_(cast.finn).post(at("records:merge", cast.ana.pk), {"other": third.pk})
        assert identity_ids(third) == {cast.ana.pk, twin.pk, third.pk}

    def test_refuses_the_same_record_and_one_of_another_practice(self, cast, twin):
        finn = as_(cast.finn)
        page = finn.post(at("records:merge", twin.pk), {"other": twin.pk})
        assert "Choose two different records" in words(page)
        stranger = make_person(cast.other_practice, "Zoe", "Zander", cast.ana.date_of_birth)
        assert finn.post(at("records:merge", twin.pk), {"other": stranger.pk}).status_code == 404
        assert not Merge.objects.exists()

    def test_is_for_the_front_desk_and_compliance(self, cast, twin):
        for user in (cast.dan, cast.olga, cast.aida, cast.paul):
            assert as_(user).get(at("records:merge", twin.pk)).status_code == 403


class TestTakingThemApart:
    def test_asks_first_and_leaves_each_its_own(self, cast, twin):
        signed_consent(cast, twin)
        joined(cast, twin)
        merge, finn = Merge.objects.get(), as_(cast.finn)
        door = at("records:undo_merge", cast.ana.pk, merge.pk)
        assert "Annie Ruiz was joined into Ana Ruiz." in words(finn.get(door))

        page = words(finn.post(door, follow=True))

        assert "Two records again." in page
        assert "None on file." in page
        assert identity_ids(twin) == {twin.pk}


class TestASecondLook:
    """One member who joins two records does not open the gate: what one permits waits for somebody else (R24)."""

    def key(self, person):
        return standings([person], NOW)[person.pk].key

    def test_is_asked_for_before_one_record_permits_for_the_other(self, cast, twin):
        signed_consent(cast, twin)
        page = words(joined(cast, twin))
        assert "does not count for the other until somebody else confirms" in page
        assert self.key(cast.ana) == "none"
        assert self.key(twin) == "on_file"

        page = words(confirmed(cast.freya, cast.ana))

        assert "Confirmed. What one record allows counts for the other now." in page
        assert "Freya confirmed it." in page
        assert self.key(cast.ana) == "on_file"

    def test_is_not_given_by_whoever_joined_them(self, cast, twin):
        signed_consent(cast, twin)
        page = words(joined(cast, twin))
        assert "I looked at both" not in page
        assert "Somebody else has to look at both." in words(confirmed(cast.finn, cast.ana))
        assert self.key(cast.ana) == "none"

    def test_cannot_be_written_into_the_database_by_the_same_member(self, cast, twin):
        joined(cast, twin)
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.update(confirmed_at=NOW, confirmed_by=cast.finn)

    def test_counts_only_for_the_records_that_were_looked_at(self, cast, twin):
        third = make_person(cast.practice, "Anita", "Ruiz", cast.ana.date_of_birth)
        signed_consent(cast, third)
        joined(cast, twin)
        confirmed(cast.freya, twin)
        as_(cast.finn).post(at("records:merge", cast.ana.pk), {"other": third.pk})
        assert [self.key(one) for one in (cast.ana, twin, third)] == ["none", "none", "on_file"]
