"""From the queue to the network and back, whatever the network does."""

from datetime import timedelta

import pytest

from consent.audit.models import LedgerEntry
from posts.channels.registry import ADAPTERS
from posts.publishing import rules
from posts.publishing.actions.settle import probe_one, settle
from posts.publishing.models import Attempt, AttemptReliance, Delivery, Takedown
from tests.cast import by
from tests.posts.channels.scripted import ScriptedChannel
from tests.posts.publishing.conftest import CAPTION, DUE, WORKER, Story

pytestmark = pytest.mark.django_db


def events(delivery):
    rows = LedgerEntry.objects.filter(subject=f"delivery:{delivery.pk}").order_by("seq")
    return list(rows.values_list("event", flat=True))


class TestDelivering:
    def test_waits_until_it_is_due(self, story, shift, network):
        assert shift.deliver() is False
        assert (story.state, network.visible) == ("scheduled", [])

    def test_shows_exactly_what_was_approved(self, story, shift, network):
        shift.until(DUE)
        assert shift.deliver() is True
        delivery = story.delivery
        assert delivery.state == "published"
        assert delivery.remote_url == f"{network.url}/p/{network.posts[0]['id']}"
        assert network.visible == [CAPTION]
        assert len(network.media) == 1

    def test_writes_intent_and_outcome_into_the_ledger(self, story, shift):
        shift.until(DUE)
        shift.deliver()
        assert events(story.delivery) == [
            "delivery.scheduled",
            "delivery.preparing",
            "delivery.intended",
            "delivery.published",
        ]

    def test_keeps_what_the_attempt_rested_on(self, story, shift):
        shift.until(DUE)
        shift.deliver()
        attempt = Attempt.objects.get()
        assert attempt.digest == story.delivery.decision.digest
        assert attempt.consent_ids == [story.consent.pk]
        assert AttemptReliance.objects.get().person == story.cast.ana

    def test_puts_it_on_the_wall(self, cast, shift, client):
        story = Story(cast, "wall")
        shift.until(DUE)
        shift.deliver()
        assert story.state == "published"
        assert b"Ana rang the bell" in client.get("/wall/riverbend/").content

    def test_works_on_a_network_that_prepares_nothing(self, cast, shift, network, monkeypatch):
        monkeypatch.setitem(ADAPTERS, "scripted", ScriptedChannel(network.url, two_phase=False))
        story = Story(cast, picture=False)
        shift.until(DUE)
        shift.deliver()
        assert (story.state, network.uploads, network.visible) == ("published", [], [CAPTION])


class TestAnUnclearAnswer:
    @pytest.mark.parametrize("fault", ["lost_answer", "error_after", "drip", "unreadable", "large"])
    def test_is_unknown_until_a_probe_finds_it(self, story, shift, network, fault):
        network.faults = [fault]
        shift.until(DUE)
        shift.deliver()
        assert story.state == "unknown"
        shift.pass_time(seconds=31)
        shift.work()
        assert story.state == "published"
        assert story.delivery.remote_id == network.posts[0]["id"]
        assert network.visible == [CAPTION]

    def test_is_never_sent_again_before_the_quarantine(self, story, shift, network):
        network.faults = ["late"]
        shift.until(DUE)
        shift.deliver()
        shift.pass_time(seconds=100)
        shift.work()
        assert (story.state, len(network.commits)) == ("unknown", 1)
        network.catch_up()
        shift.pass_time(seconds=31)
        shift.work()
        assert (story.state, network.visible) == ("published", [CAPTION])

    def test_is_not_absent_by_a_look_from_before_the_quarantine(self, story, shift, network):
        """The worker stalls between looking and writing down what it saw; meanwhile the network does it late."""
        network.faults = ["late"]
        shift.until(DUE)
        shift.deliver()
        shift.pass_time(seconds=31)
        moments = iter([shift.now, shift.now + timedelta(minutes=2, seconds=30)])
        probe_one(by=WORKER, clock=lambda: next(moments))
        network.catch_up()
        assert story.state == "unknown"
        shift.pass_time(minutes=4)
        shift.work()
        assert (story.state, network.visible) == ("published", [CAPTION])

    def test_goes_again_when_it_stays_absent(self, story, shift, network):
        network.faults = ["late"]
        shift.until(DUE)
        shift.deliver()
        network.pending.clear()
        for _ in range(8):
            shift.pass_time(seconds=31)
            shift.work()
        assert (story.state, network.visible) == ("published", [CAPTION])

    def test_goes_again_at_once_where_the_network_knows_the_key(self, cast, shift, network, monkeypatch):
        network.idempotent = True
        adapter = ScriptedChannel(network.url, idempotency=True, most_seconds=0.5)
        monkeypatch.setitem(ADAPTERS, "scripted", adapter)
        story = Story(cast)
        network.faults = ["late"]
        shift.until(DUE)
        shift.deliver()
        shift.pass_time(seconds=31)
        shift.work()
        network.catch_up()
        assert (story.state, network.visible) == ("published", [CAPTION])

    def test_leaves_no_pictures_behind_when_a_person_drops_it(self, story, shift, network):
        network.faults = ["late"]
        shift.until(DUE)
        shift.deliver()
        network.pending.clear()
        settle(delivery=story.delivery, answer="leave", by=by(story.cast.dan), at=shift.now)
        shift.work()
        assert (story.state, network.drafts, network.media) == ("failed", {}, {})
        assert Takedown.objects.get().why == "clean_up"


class TestADocumentedRefusal:
    def test_is_tried_again_a_few_times_and_then_failed(self, story, shift, network):
        network.faults = ["busy"] * 5
        shift.until(DUE)
        for _ in range(4):
            shift.deliver()
            shift.pass_time(minutes=3)
        assert (story.state, len(network.commits)) == ("failed", 3)

    def test_that_is_final_fails_at_once_and_cleans_up(self, story, shift, network):
        network.faults = ["refuse"]
        shift.until(DUE)
        shift.deliver()
        assert (story.state, len(network.media)) == ("failed", 1)
        shift.work()
        assert (network.media, network.drafts) == ({}, {})


class TestTime:
    def test_start_and_time_out_stay_inside_the_lease(self):
        assert rules.sends_in_time()

    def test_nothing_is_sent_when_the_intent_is_not_fresh(self, story, shift, network):
        seconds = iter([0.0, 1.0, 2.0, 60.0])
        shift.until(DUE)
        shift.deliver(monotonic=lambda: next(seconds))
        assert (story.state, network.commits) == ("scheduled", [])

    def test_what_is_too_late_goes_back_to_its_author(self, story, shift, network):
        shift.until(DUE + rules.LATE_TOLERANCE + timedelta(seconds=1))
        shift.deliver()
        assert story.state == "returned"
        assert "Choose a new time" in story.delivery.why
        assert network.uploads == []

    def test_what_was_approved_after_its_time_goes_back_as_well(self, story, shift, cast):
        from tests.posts.outgoing import approved

        shift.until(DUE + timedelta(minutes=3))
        approved(cast, story.version, at=DUE + timedelta(minutes=2))
        shift.deliver()
        assert story.state == "returned"
        assert Delivery.objects.get().attempts.count() == 0
