"""The roster at the gate: a post that holds the name or number of somebody on record waits, and tells nobody who it is
that may not know (R33, R34, R36, R54).
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.keys.ring import make_key_file
from consent.people.actions import add_contact_point, merge_people, rename_person
from consent.people.models import Roster, RosterKey
from posts.clearance.queries import rulings
from posts.content.actions import Mentioned, Shown
from posts.screening.actions import keep_own_words
from posts.screening.models import OwnWords
from posts.screening.queries import roster_state
from posts.screening.rules.ours import NotOurs
from tests.cast import NOW, by, make_person
from tests.consents import signed_consent
from tests.desk import as_, at, typed, words
from tests.drafts import a_version
from tests.pictures import given_rendition

MISSPELLED = "Thank you, anna ruiz, for the flowers in our waiting room."


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture(autouse=True)
def reads(cast):
    """The practice uses the word screen and its roster, and Ana is on record."""
    cast.practice.screens_words = True
    cast.practice.save(update_fields=["screens_words"])
    assert cast.ana.pk


def ruling_of(version):
    [ruling] = rulings([version], NOW, final=False)
    return ruling


def known(version):
    """What the roster saw: the words, and whose they are."""
    return [(one.words, set(one.people)) for one in ruling_of(version).sightings if one.people]


def codes(version):
    return {reason.code for reason in ruling_of(version).verdict.reasons}


class TestANameOnRecord:
    def test_stops_the_post_also_misspelled(self, cast):
        version = a_version(cast, caption=MISSPELLED)

        assert known(version) == [("anna ruiz", {cast.ana.pk})]
        assert "PHI_DETECTED_UNLINKED" in codes(version)

    def test_stops_it_in_the_description_of_a_picture(self, cast):
        picture = given_rendition(cast)
        version = a_version(cast, caption="Hello.", media=[Shown(picture, "Anna Ruiz waves")])

        [seen] = [one for one in ruling_of(version).sightings if one.people]
        assert (seen.place, seen.asset) == ("alt1", picture.asset_id)

    def test_no_longer_stops_it_when_the_person_is_declared(self, cast):
        signed_consent(cast, cast.ana, elements=["full_name"])
        told = Mentioned(cast.ana, ("full_name",))

        assert known(a_version(cast, caption=MISSPELLED, mentions=[told])) == []

    def test_is_not_covered_by_a_first_name(self, cast):
        told = Mentioned(cast.ana, ("first_name",))

        assert known(a_version(cast, caption=MISSPELLED, mentions=[told])) == [("anna ruiz", {cast.ana.pk})]

    def test_is_not_covered_by_somebody_else(self, cast):
        told = Mentioned(cast.vic, ("full_name",))

        assert known(a_version(cast, caption=MISSPELLED, mentions=[told])) == [("anna ruiz", {cast.ana.pk})]

    def test_is_covered_by_the_other_half_of_a_merged_record(self, cast):
        other = make_person(cast.practice, "Annika", "Ruiz-Lee", date(1984, 3, 2))
        merge_people(person=other, into=cast.ana, by=by(cast.finn), at=NOW)
        told = Mentioned(other, ("full_name",))

        assert known(a_version(cast, caption=MISSPELLED, mentions=[told])) == []

    def test_counts_from_the_very_change(self, cast):
        version = a_version(cast, caption="Thank you, Ana Whitcomb, for the flowers.")
        assert known(version) == []

        rename_person(person=cast.ana, given="Ana", family="Whitcomb", by=by(cast.finn), at=NOW)

        assert known(version) == [("Ana Whitcomb", {cast.ana.pk})]

    def test_of_another_practice_is_nobody_here(self, cast):
        make_person(cast.other_practice, "Walter", "Whitcombe", date(1984, 3, 2))

        assert known(a_version(cast, caption="Thank you, Walter Whitcombe.")) == []

    def test_is_one_reason_and_not_two(self, cast):
        """The word screen sees the same name, and says nothing more of it."""
        seen = ruling_of(a_version(cast, caption="Huge congrats to Ana Ruiz, who rang the bell!")).sightings

        assert [one.words for one in seen if one.kind == "NAME"] == ["Ana Ruiz"]


class TestANumberOnRecord:
    @pytest.fixture
    def reached(self, cast):
        add_contact_point(person=cast.ana, kind="phone", value="555 014 2233", by=by(cast.finn), at=NOW)

    CAPTION = "Questions? Call (555) 014-2233."

    def test_stops_the_post_whoever_else_is_declared(self, cast, reached):
        told = Mentioned(cast.vic, ("phone",))

        assert known(a_version(cast, caption=self.CAPTION, mentions=[told])) == [
            ("(555) 014-2233", {cast.ana.pk})
        ]

    def test_is_covered_by_its_owner(self, cast, reached):
        told = Mentioned(cast.ana, ("phone",))

        assert known(a_version(cast, caption=self.CAPTION, mentions=[told])) == []

    def test_that_is_the_practices_own_stops_nothing(self, cast):
        add_contact_point(person=cast.ana, kind="phone", value=cast.practice.phone, by=by(cast.finn), at=NOW)

        assert known(a_version(cast, caption=f"Call us: {cast.practice.phone}")) == []


class TestANameOfTheTeam:
    def test_does_not_hide_a_patient_who_is_called_the_same(self, cast):
        cast.finn.name = "Walter Whitcombe"
        cast.finn.save()
        caption = "Meet Walter Whitcombe."
        assert known(a_version(cast, caption=caption)) == []
        patient = make_person(cast.practice, "Walter", "Whitcombe", date(1984, 3, 2))

        assert known(a_version(cast, caption=caption)) == [("Walter Whitcombe", {patient.pk})]

    def test_goes_out_when_the_member_of_the_team_is_declared(self, cast):
        nurse = make_person(cast.practice, "Walter", "Whitcombe", date(1980, 3, 2), "staff")
        make_person(cast.practice, "Walter", "Whitcombe", date(1984, 3, 2))
        told = Mentioned(nurse, ("full_name",), "staff")

        assert known(a_version(cast, caption="Meet Walter Whitcombe.", mentions=[told])) == []

    def test_known_as_ours_hides_nobody_who_comes_later(self, cast):
        keep_own_words(practice=cast.practice, text="Walter Whitcombe", by=by(cast.eve), at=NOW)
        patient = make_person(cast.practice, "Walter", "Whitcombe", date(1984, 3, 2))

        assert known(a_version(cast, caption="Meet Walter Whitcombe.")) == [
            ("Walter Whitcombe", {patient.pk})
        ]

    def test_cannot_be_made_ours_when_it_is_a_patients(self, cast):
        with pytest.raises(NotOurs):
            keep_own_words(practice=cast.practice, text="Ana Ruiz", by=by(cast.eve), at=NOW)
        assert not OwnWords.objects.exists()


class TestWhatItCosts:
    def cost(self, versions):
        with CaptureQueriesContext(connection) as queries:
            rulings(versions, NOW, final=False)
        return queries

    def test_is_the_same_for_one_version_and_for_five(self, cast):
        versions = [a_version(cast, caption=f"{MISSPELLED} Bravo, Bea Ruiz {number}") for number in range(5)]

        assert len(self.cost(versions[:1])) == len(self.cost(versions))

    def test_is_one_query_of_the_roster_and_none_where_it_is_off(self, cast):
        version = a_version(cast, caption=MISSPELLED)
        asked = [one for one in self.cost([version]) if "consent_rosterkey" in one["sql"]]
        assert len(asked) == 1

        cast.practice.uses_roster = False
        cast.practice.save()

        assert [one for one in self.cost([version]) if "consent_rosterkey" in one["sql"]] == []
        assert known(version) == []


class TestARosterThatCannotBeAsked:
    def test_because_it_was_never_built_closes_the_gate_and_says_so(self, cast):
        version = a_version(cast, caption="Flu shots are here.")
        assert "DETECTOR_UNAVAILABLE" not in codes(version)
        RosterKey.objects.all().delete()
        Roster.objects.all().delete()

        assert "DETECTOR_UNAVAILABLE" in codes(version)
        assert "was never built, so every post is stopped" in words(as_(cast.olga).get(at("access:practice")))

    def test_because_its_key_is_gone_closes_the_gate(self, cast, settings, tmp_path):
        version = a_version(cast, caption="Flu shots are here.")
        settings.KEYS_FILE = tmp_path / "keys.json"
        make_key_file(settings.KEYS_FILE)

        assert "DETECTOR_UNAVAILABLE" in codes(version)

    def test_closes_nothing_where_nobody_is_on_record(self, cast):
        assert roster_state(cast.other_practice) is None
        cast.other_practice.screens_words = True
        state = roster_state(cast.other_practice)
        assert state is not None
        assert state.is_built


class TestWhoItIs:
    """Those who may know names are told; others learn only that it matches (R54)."""

    def shown_to(self, cast, user):
        version = a_version(cast, caption="Thank you, Ana Riuz.")
        return words(as_(user).get(at("planning:post", version.post_id)))

    def test_is_told_to_those_who_may_know_names(self, cast):
        page = self.shown_to(cast, cast.eve)

        assert "Matches a patient record." in page
        assert f'<a href="/p/riverbend/people/{cast.ana.pk}/">Ana Ruiz</a>' in page

    def test_is_not_told_to_others(self, cast):
        page = self.shown_to(cast, cast.dan)

        assert "Matches a patient record." in page
        assert "Ana Ruiz" not in page
        assert "On record:" not in page

    def test_is_not_told_in_the_composer_of_a_marketer(self, cast):
        cast.ana.alias = "A."
        cast.ana.save()
        version = a_version(cast, caption="x")
        data = typed(version.post, **{f"caption-{version.account_id}": MISSPELLED})

        page = words(as_(cast.dan).post(at("planning:preview", version.post_id), data))

        assert "Matches a patient record." in page
        assert "It is A." not in page
        assert "On record:" not in page

    def test_is_in_no_fact_that_is_kept(self, cast):
        facts = ruling_of(a_version(cast, caption=MISSPELLED)).facts

        assert {one.kind for one in facts.findings} == {"NAME"}
        assert "anna" not in repr(facts.findings)
        assert all(one.id == f"caption:{one.id.split(':')[1]}:NAME" for one in facts.findings)


class TestThePractice:
    def test_turns_its_roster_off_and_the_ledger_says_so(self, cast):
        page = words(as_(cast.olga).get(at("access:practice")))
        assert "has the word screen know the people on record" in page

        cast.practice.uses_roster = False
        cast.practice.save()

        assert "the word screen does not know who is on record" in words(
            as_(cast.olga).get(at("access:practice"))
        )
