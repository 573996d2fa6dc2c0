"""Training and policy: who may approve, and what the others still lack (R61, R62)."""

from datetime import timedelta

import pytest
import time_machine

from consent.audit.models import LedgerEntry
from consent.workforce.actions import adopt_policy, record_training
from consent.workforce.models import Policy, PolicyAttestation, Training
from consent.workforce.queries import policy_in_force, qualifications
from tests.cast import NOW, TRAINED_AT, by
from tests.desk import as_, at, words
from tests.policies import signs_policy
from tests.races import at_once


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def membership_of(user):
    return user.memberships.get().pk


def adopted(cast, version="2", text="Ask first. Then ask again."):
    return adopt_policy(
        practice=cast.practice, version=version, text=text, effective_from=NOW, by=by(cast.olga), at=NOW
    )


class TestTheListOfMembers:
    def test_says_who_may_approve_and_what_the_others_lack(self, cast):
        assert cast.eve
        page = words(as_(cast.olga).get(at("workforce:members")))

        assert "May approve posts</span> <strong>Eve</strong>" in page
        assert "No privacy training is on record. The social-media policy in force is not signed." in page

    def test_says_that_there_is_no_policy_and_lets_the_owner_write_it(self, cast):
        page = words(as_(cast.olga).get(at("workforce:members")))

        assert "There is no social-media policy yet." in page
        assert at("workforce:adopt_policy") in page

    def test_is_found_from_the_team_and_from_the_practice(self, cast):
        for door in ("access:members", "access:practice"):
            assert at("workforce:members") in words(as_(cast.olga).get(at(door)))

    def test_is_no_room_of_the_front_desk(self, cast):
        assert as_(cast.finn).get(at("workforce:members")).status_code == 403


class TestRecordingATraining:
    def record(self, cast, member, **said):
        told = {"course": "Privacy 101", "completed_on": "2026-11-20", "counts_until": "2027-11-19", **said}
        return as_(cast.olga).post(at("workforce:record_training", membership_of(member)), told, follow=True)

    def test_counts_to_the_end_of_its_last_day_on_the_practices_clock(self, cast):
        page = words(self.record(cast, cast.dan))

        assert "Dan's training is recorded." in page
        assert Training.objects.get(user=cast.dan).expires_at.isoformat() == "2027-11-20T05:00:00+00:00"

    def test_is_recorded_once_however_often_it_is_sent(self, cast):
        for _ in range(2):
            assert "Dan's training is recorded." in words(self.record(cast, cast.dan))
        assert Training.objects.filter(user=cast.dan).count() == 1
        assert LedgerEntry.objects.filter(event="training.recorded").count() == 1

    def test_is_another_when_it_counts_longer(self, cast):
        self.record(cast, cast.dan)
        self.record(cast, cast.dan, counts_until="2027-11-20")
        assert Training.objects.filter(user=cast.dan).count() == 2

    @pytest.mark.django_db(transaction=True)
    def test_is_recorded_once_by_two_tabs_at_the_same_instant(self, cast):
        told = {
            "practice": cast.practice,
            "user": cast.dan,
            "course": "Privacy 101",
            "completed_at": NOW - timedelta(days=3),
            "expires_at": NOW + timedelta(days=300),
            "by": by(cast.olga),
            "at": NOW,
        }
        first, second = at_once(*[lambda: record_training(**told)] * 2)
        assert first.pk == second.pk
        assert Training.objects.count() == 1

    def test_is_refused_before_it_happened_and_if_it_would_never_count(self, cast):
        assert "This day has not come yet." in words(self.record(cast, cast.dan, completed_on="2026-11-24"))
        page = words(self.record(cast, cast.dan, counts_until="2026-11-01"))
        assert "The training would end before it was completed." in page
        page = words(self.record(cast, cast.dan, counts_until="9999-12-31"))
        assert "No training counts for that long." in page
        assert not Training.objects.exists()

    def test_is_not_for_the_marketer(self, cast):
        door = at("workforce:record_training", membership_of(cast.dan))
        assert as_(cast.dan).get(door).status_code == 403


class TestAPolicy:
    def test_is_put_into_effect_and_asks_everybody_anew(self, cast):
        assert cast.eve
        told = {"version": "2", "text": "Ask twice.", "effective_from": "2026-11-23"}

        as_(cast.olga).post(at("workforce:adopt_policy"), told)

        assert getattr(policy_in_force(cast.practice, NOW), "text", "") == "Ask twice."
        assert not qualifications(cast.practice, [cast.eve.pk], NOW)[cast.eve.pk].qualified

    def test_starts_from_the_text_in_force_or_from_a_first_one(self, cast):
        assert "Nobody confirms or denies" in words(as_(cast.olga).get(at("workforce:adopt_policy")))
        adopted(cast)
        assert "Then ask again." in words(as_(cast.olga).get(at("workforce:adopt_policy")))

    def test_is_never_rewritten(self, cast):
        adopted(cast)
        told = {"version": "2", "text": "Other.", "effective_from": "2026-11-23"}

        page = words(as_(cast.olga).post(at("workforce:adopt_policy"), told))

        assert "There is a policy version 2 already." in page
        assert Policy.objects.get().text == "Ask first. Then ask again."


class TestSigningThePolicy:
    @pytest.mark.parametrize("who", ["finn", "dan", "eve", "olga", "paul", "aida"])
    def test_is_open_to_every_role_for_themselves(self, cast, who):
        policy, user = adopted(cast), getattr(cast, who)
        page = words(as_(user).get(at("signing:policy")))
        assert "Ask first. Then ask again." in page

        signs_policy(user)

        signed = PolicyAttestation.objects.get(policy=policy)
        assert (signed.user, signed.attested_at) == (user, NOW)
        assert "You signed this version" in words(as_(user).get(at("signing:policy")))

    def test_signs_nothing_that_was_not_on_the_page(self, cast):
        first = adopted(cast)
        second = adopted(cast, "3", "Now stricter.")

        page = words(signs_policy(cast.dan, policy=first.pk))

        assert "The policy has changed in the meantime." in page
        assert "Now stricter." in page
        assert not PolicyAttestation.objects.filter(policy=second).exists()

    def test_says_that_there_is_nothing_to_sign(self, cast):
        assert "there is nothing to sign" in words(as_(cast.dan).get(at("signing:policy")))
        as_(cast.dan).post(at("signing:policy"))
        assert not PolicyAttestation.objects.exists()


class TestHome:
    def test_asks_everybody_to_sign_until_they_have(self, cast):
        adopted(cast)
        assert "Sign the social-media policy, version 2." in words(as_(cast.finn).get(at("reports:home")))
        signs_policy(cast.finn)
        assert "Sign the social-media policy" not in words(as_(cast.finn).get(at("reports:home")))

    def test_tells_owner_and_compliance_how_many_lack_training(self, cast):
        assert cast.eve
        assert cast.dan
        page = words(as_(cast.olga).get(at("reports:home")))
        assert "2 members lack a current privacy training." in page
        with time_machine.travel(TRAINED_AT + timedelta(days=3650), tick=False):
            assert "3 members lack" in words(as_(cast.eve).get(at("reports:home")))

    def test_tells_the_owner_to_write_the_policy_first(self, cast):
        assert "Write the social-media policy" in words(as_(cast.olga).get(at("reports:home")))
