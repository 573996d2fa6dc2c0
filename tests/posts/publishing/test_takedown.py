"""Takedowns: believed only after the quarantine, looked at again later, done by hand where they must be."""

from datetime import date, timedelta

import pytest

from consent.records.actions import revoke
from posts.publishing.actions.reap import reap_one
from posts.publishing.actions.takedown import take_down_one
from posts.publishing.actions.tasks import ProofMissing, finish_by_hand, record_found
from posts.publishing.models import Takedown
from posts.publishing.queries import places_of, takedowns_owed
from posts.publishing.queries.parcels import traces_of
from posts.publishing.rules import ERRAND_LEASE, turn_seconds
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.posts.outgoing import given_account
from tests.posts.publishing.conftest import CAPTION, DUE, WORKER

pytestmark = pytest.mark.django_db


def out_and_withdrawn(story, shift):
    shift.until(DUE)
    shift.work()
    revoke(consent=story.consent, how="own_page", by=by(story.cast.finn), at=shift.now)
    shift.work()


class TestTakingDown:
    def test_closes_only_after_the_quarantine(self, story, shift, network):
        out_and_withdrawn(story, shift)
        shift.pass_time(seconds=100)
        shift.work()
        assert Takedown.objects.get().state == "deleted"
        shift.pass_time(seconds=30)
        shift.work()
        assert Takedown.objects.get().state == "closed"

    def test_removes_what_surfaces_during_the_quarantine(self, story, shift, network):
        out_and_withdrawn(story, shift)
        network.apply({"key": story.delivery.attempts.get().remote_key, "caption": CAPTION})
        shift.pass_time(seconds=121)
        shift.work()
        assert network.visible == []

    def test_looks_again_after_an_hour_a_day_and_a_week(self, story, shift, network):
        out_and_withdrawn(story, shift)
        shift.pass_time(seconds=121)
        shift.work()
        for span in (timedelta(hours=1), timedelta(hours=23), timedelta(days=6)):
            shift.pass_time(seconds=span.total_seconds())
            shift.work()
        assert Takedown.objects.get().later_probes_left == 0

    def test_is_owed_anew_when_a_later_look_finds_it(self, story, shift, network):
        out_and_withdrawn(story, shift)
        shift.pass_time(seconds=121)
        shift.work()
        network.apply({"key": story.delivery.attempts.get().remote_key, "caption": CAPTION})
        shift.pass_time(hours=1, seconds=1)
        shift.work()
        assert network.visible == []
        assert Takedown.objects.filter(why="resurfaced").exists()

    def test_asks_about_each_thing_once_however_many_workers_died_over_it(self, story, shift, network):
        def die(name):
            raise SystemExit

        shift.until(DUE)
        for _ in range(3):
            with pytest.raises(SystemExit):
                shift.deliver(die)
            shift.pass_time(seconds=91)
            reap_one(by=WORKER, at=shift.now)
            for _ in range(2):
                take_down_one(by=WORKER, clock=shift.clock)
                shift.pass_time(seconds=121)
        assert story.delivery.attempts.count() == 3
        assert len(traces_of(story.delivery)) == 1

    @pytest.mark.parametrize("traces", [1, 5, 100])
    def test_has_its_turn_done_before_another_worker_takes_it_over(self, traces):
        assert 0 < turn_seconds(traces) < ERRAND_LEASE.total_seconds()

    def test_becomes_a_person_s_task_when_the_network_will_not(self, story, shift, channel):
        shift.until(DUE)
        shift.work()
        channel.url = "http://127.0.0.1:9"
        channel.ALLOWED = ("127.0.0.1:9",)
        revoke(consent=story.consent, how="desk", by=by(story.cast.finn), at=shift.now)
        for _ in range(12):
            shift.work()
            shift.pass_time(minutes=16)
        task = Takedown.objects.get()
        assert (task.by_hand, task.state) == (True, "owed")
        assert list(takedowns_owed(story.cast.practice, shift.now)) == [task]


class TestByHand:
    @pytest.fixture
    def found(self, cast):
        consent = signed_consent(cast, cast.ana)
        delivery = record_found(
            account=given_account(cast, "by_hand"),
            address="https://facebook.example/old",
            seen_on=date(2025, 1, 1),
            people=[cast.ana],
            people_unknown=False,
            by=by(cast.eve),
            at=NOW,
        )
        return delivery, consent

    def test_what_was_out_before_owes_its_takedown_alike(self, found, cast, shift):
        delivery, consent = found
        shift.work()
        assert not Takedown.objects.exists()
        revoke(consent=consent, how="own_page", by=by(cast.finn), at=NOW)
        shift.work()
        task = Takedown.objects.get()
        assert (task.delivery, task.by_hand) == (delivery, True)
        [place] = places_of([cast.ana.pk])
        assert (place.status, place.due_at) == ("leaving", NOW + timedelta(days=1))

    def test_without_any_permission_it_is_owed_at_once(self, cast):
        record_found(
            account=given_account(cast, "by_hand"),
            address="https://facebook.example/old",
            seen_on=date(2025, 1, 1),
            people=[cast.vic],
            people_unknown=False,
            by=by(cast.eve),
            at=NOW,
        )
        assert Takedown.objects.exists()

    def test_needs_proof_and_keeps_who_gave_it(self, found, cast, shift):
        delivery, consent = found
        revoke(consent=consent, how="own_page", by=by(cast.finn), at=NOW)
        shift.work()
        task = Takedown.objects.get()
        with pytest.raises(ProofMissing):
            finish_by_hand(takedown=task, proof=" ", by=by(cast.dan), at=NOW)
        finish_by_hand(takedown=task, proof="The page is gone.", by=by(cast.dan), at=NOW)
        shift.pass_time(minutes=3)
        shift.work()
        task.refresh_from_db()
        delivery.refresh_from_db()
        assert (task.state, task.done_by, delivery.state) == ("closed", cast.dan, "removed")
        assert [place.status for place in places_of([cast.ana.pk])] == ["removed"]
