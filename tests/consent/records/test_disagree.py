"""Two who may sign for a child do not agree: that is a no until compliance settles it (design 8; R26)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor
from consent.people.actions import merge_people
from consent.records.actions import (
    lift_hold,
    place_hold,
    record_disagreement,
    revoke_all,
    settle_disagreement,
)
from consent.records.actions.disagreeing import Settlement
from consent.records.models import Consent, Disagreement, Hold, Revocation
from consent.records.queries import consents_standing, standings
from consent.signing.actions import decline
from tests.cast import NOW, by, make_person
from tests.ceremonies import handed_over, prepared, sample_wording
from tests.consents import given_authority, signed_consent
from tests.desk import as_, at, words

LATER = NOW + timedelta(hours=1)
SETTLED = {
    "decided_by": "Both parents together",
    "evidence_seen": "A letter signed by both",
    "why": "They talked.",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mother(cast):
    """Carla, who allowed everything usual for Bea."""
    return given_authority(cast, cast.bea, cast.carla)


@pytest.fixture
def father(cast, mother):
    """Otto, who may sign for Bea as well; Carla has signed."""
    otto = make_person(cast.practice, "Otto", "Ruiz", date(1980, 1, 1), "representative")
    return given_authority(cast, cast.bea, otto, description="father, shares custody")


@pytest.fixture
def allowed(cast, mother):
    """What Carla signed."""
    signed_at = NOW - timedelta(days=2)
    return signed_consent(cast, cast.bea, signer=cast.carla, representation=mother, signed_at=signed_at)


def badge(person, at=NOW):
    return standings([person], at)[person.pk]


class TestAFatherWhoSaysNo:
    def test_stops_what_the_mother_allowed(self, cast, allowed, father):
        assert consents_standing([allowed.pk], NOW) == {allowed.pk}
        told = {"who": str(father.pk), "how": "spoken"}

        page = words(as_(cast.finn).post(at("records:disagree", cast.bea.pk), told, follow=True))

        assert "Nothing new of them goes out until it is settled." in page
        assert "Two who may sign disagree: Otto Ruiz says no" in page
        assert badge(cast.bea).key == "conflict"
        assert consents_standing([allowed.pk], NOW) == set()

    def test_is_chosen_among_those_who_may_sign(self, cast, allowed, father):
        father.ended_at = NOW
        father.save()
        page = words(as_(cast.finn).get(at("records:disagree", cast.bea.pk)))
        assert "Carla Ruiz, parent" in page
        assert "Otto" not in page

    def test_is_recorded_first_where_nobody_is(self, cast):
        page = words(as_(cast.finn).get(at("records:disagree", cast.bea.pk)))
        assert "Record who it is first" in page
        assert "Stop until it is settled" not in page

    def test_says_it_twice_and_is_heard_once(self, cast, allowed, father):
        for _ in range(2):
            record_disagreement(person=cast.bea, objector=father, how="desk", by=by(cast.finn), at=NOW)
        assert Disagreement.objects.count() == 1
        assert Hold.objects.count() == 1

    def test_binds_the_other_record_of_the_same_child(self, cast, allowed, father):
        half = make_person(cast.practice, "Beatriz", "Ruiz", cast.bea.date_of_birth)
        merge_people(person=half, into=cast.bea, by=by(cast.finn), at=NOW)
        record_disagreement(person=half, objector=father, how="desk", by=by(cast.finn), at=NOW)
        assert badge(cast.bea).key == "conflict"

    def test_leaves_no_name_to_those_who_may_not_know_it(self, cast, allowed, father):
        record_disagreement(person=cast.bea, objector=father, how="desk", by=by(cast.finn), at=NOW)
        page = words(as_(cast.dan).get(at("records:person", cast.bea.pk)))
        assert "Two who may sign disagree" in page
        assert "Otto" not in page

    def test_is_on_the_home_of_those_who_settle_it(self, cast, allowed, father):
        record_disagreement(person=cast.bea, objector=father, how="desk", by=by(cast.finn), at=NOW)
        home = at("reports:home")
        assert "Bea Ruiz: two who may sign disagree. Settle it." in words(as_(cast.eve).get(home))
        page = words(as_(cast.finn).get(home))
        assert "Bea Ruiz: two who may sign disagree. It waits for a compliance officer." in page
        assert "asked us to stop" not in page


class TestNoThanksOnTheForm:
    @pytest.fixture(autouse=True)
    def _forms(self, cast):
        sample_wording(cast)

    def test_is_a_disagreement_where_the_other_parent_allowed_it(self, cast, allowed, father):
        self.declined(cast, father)
        assert Disagreement.objects.get().how == "declined"
        assert badge(cast.bea).key == "conflict"

    def test_is_none_where_nobody_allowed_anything(self, cast, father):
        self.declined(cast, father)
        assert not Disagreement.objects.exists()

    def test_is_none_with_oneself(self, cast, allowed, mother):
        self.declined(cast, mother)
        assert not Disagreement.objects.exists()
        assert badge(cast.bea).key == "on_file"

    def declined(self, cast, representation):
        asked = prepared(cast, cast.bea, representation, kind="authorization_minor")
        ceremony, _ = handed_over(cast, asked)
        decline(ceremony=ceremony, by=Actor("person", str(ceremony.signer_id)), at=NOW)


class TestWhatOneParentTookBack:
    def test_is_disputed_when_the_other_allows_it_again(self, cast, allowed, father, mother):
        self.taken_back(cast, father)
        signed_consent(cast, cast.bea, signer=cast.carla, representation=mother, signed_at=LATER)
        assert Disagreement.objects.get().objector == father
        assert badge(cast.bea, LATER).key == "conflict"

    def test_is_not_when_they_allow_it_again_themselves(self, cast, allowed, father):
        self.taken_back(cast, father)
        otto = father.representative
        signed_consent(cast, cast.bea, signer=otto, representation=father, signed_at=LATER)
        assert not Disagreement.objects.exists()
        assert badge(cast.bea, LATER + timedelta(hours=1)).key == "on_file"

    def test_is_not_once_that_parent_may_no_longer_sign(self, cast, allowed, father, mother):
        self.taken_back(cast, father)
        father.ended_at = NOW
        father.save()
        signed_consent(cast, cast.bea, signer=cast.carla, representation=mother, signed_at=LATER)
        assert not Disagreement.objects.exists()

    def taken_back(self, cast, representation):
        holder = Actor("person", str(representation.representative_id))
        revoke_all(person=cast.bea, how="own_page", by=holder, at=NOW)


class TestSettlingIt:
    @pytest.fixture(autouse=True)
    def _disputed(self, cast, allowed, father):
        self.row = record_disagreement(person=cast.bea, objector=father, how="desk", by=by(cast.finn), at=NOW)
        self.allowed = allowed
        self.door = at("records:settle_disagreement", cast.bea.pk, self.row.pk)

    def test_shows_who_signed_and_who_says_no(self, cast):
        page = words(as_(cast.eve).get(self.door))
        assert "Otto Ruiz, parent with legal right to decide</strong> says no" in page
        assert "Carla Ruiz signed “My permission to share my story”" in page

    def test_for_going_on_lets_it_stand_again(self, cast):
        page = words(as_(cast.eve).post(self.door, SETTLED | {"outcome": "go_on"}, follow=True))
        assert "What was signed for them stands again." in page
        assert "decided by Both parents together" in page
        assert consents_standing([self.allowed.pk], NOW) == {self.allowed.pk}

    def test_for_stopping_takes_back_what_was_signed(self, cast):
        page = words(as_(cast.eve).post(self.door, SETTLED | {"outcome": "stop"}, follow=True))
        assert "is taken back" in page
        assert Revocation.objects.get().consent == self.allowed
        assert badge(cast.bea).key == "withdrawn"

    @pytest.mark.parametrize("missing", ["decided_by", "evidence_seen", "why"])
    def test_says_who_decided_what_was_seen_and_why(self, cast, missing):
        answer = as_(cast.eve).post(self.door, SETTLED | {"outcome": "go_on", missing: " "})
        assert answer.status_code == 422
        assert badge(cast.bea).key == "conflict"

    def test_is_not_for_the_front_desk(self, cast):
        assert as_(cast.finn).post(self.door, SETTLED | {"outcome": "go_on"}).status_code == 403

    def test_is_done_once(self, cast):
        eve = as_(cast.eve)
        eve.post(self.door, SETTLED | {"outcome": "go_on"})
        page = words(eve.post(self.door, SETTLED | {"outcome": "stop"}, follow=True))
        assert "It is settled already." in page
        assert not Revocation.objects.exists()

    def test_leaves_a_request_to_stop_standing(self, cast):
        place_hold(person=cast.bea, by=by(cast.finn), at=NOW)
        as_(cast.eve).post(self.door, SETTLED | {"outcome": "go_on"})
        assert badge(cast.bea).key == "hold"

    def test_takes_back_nothing_that_was_signed_since_with_ones_own_hand(self, cast):
        own = signed_consent(cast, cast.bea, kind="licence")
        settle_disagreement(
            disagreement=self.row,
            settlement=Settlement(outcome="stop", **SETTLED),
            by=by(cast.eve),
            at=NOW,
        )
        assert not Consent.objects.get(pk=own.pk).revocations.exists()

    def test_is_in_the_ledger_without_a_name(self, cast):
        as_(cast.eve).post(self.door, SETTLED | {"outcome": "go_on"})
        entry = LedgerEntry.objects.get(event="disagreement.settled")
        assert "Otto" not in str(bytes(entry.body))
        assert LedgerEntry.objects.filter(event="disagreement.recorded").count() == 1

    def test_cannot_be_gone_round_by_lifting_the_hold(self, cast):
        with pytest.raises(DatabaseError, match="still to be settled"):
            lift_hold(hold=self.row.hold, by=by(cast.finn), at=NOW)
        assert badge(cast.bea).key == "conflict"

    def test_cannot_be_gone_round_by_deleting_or_rewriting_it(self):
        rows = Disagreement.objects.filter(pk=self.row.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete("default")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(how="letter")
