"""What comes too late: a worker that was given up, an answer nobody waited for, a delivery that breaks."""

import time
from datetime import timedelta

import pytest

from posts.channels.adapter import Errand
from posts.channels.rules import Done, Prepared
from posts.clearance.queries import rulings
from posts.content.queries import payload_of
from posts.publishing.actions import cancel, schedule
from posts.publishing.actions import claim as claiming
from posts.publishing.actions import deliver as delivering
from posts.publishing.actions.claim import claim
from posts.publishing.actions.intent import intend
from posts.publishing.actions.outcome import keep_outcome
from posts.publishing.actions.reap import reap_one
from posts.publishing.actions.settle import probe_one
from posts.publishing.models import Takedown
from posts.publishing.queries.parcels import parcel_of
from tests.cast import by
from tests.posts.outgoing import approved, given_version
from tests.posts.publishing.conftest import CAPTION, DUE, WORKER

pytestmark = pytest.mark.django_db


class TestAWorkerGivenUp:
    def given_up(self, shift):
        """A claim whose worker fell silent, was reaped, and whose leavings were cleaned up."""
        shift.until(DUE)
        row = claim(by=WORKER, at=shift.now)
        for _ in range(4):
            shift.pass_time(seconds=75)
            shift.work()
        return row

    def test_is_followed_by_another_that_publishes(self, story, shift, network):
        self.given_up(shift)
        assert (story.state, network.visible) == ("published", [CAPTION])

    def test_sends_nothing_and_harms_nothing_when_it_wakes(self, story, shift, network):
        row = self.given_up(shift)
        assert intend(delivery=row, handle={"media": []}, by=WORKER, at=shift.now) is None
        for _ in range(4):
            shift.pass_time(seconds=75)
            shift.work()
        assert (story.state, network.visible) == ("published", [CAPTION])

    def test_cleans_up_first_what_it_may_have_prepared(self, story, shift, network):
        def step(name):
            if name == "prepared":
                raise SystemExit

        shift.until(DUE)
        with pytest.raises(SystemExit):
            shift.deliver(step)
        shift.pass_time(seconds=91)
        shift.work()
        assert (story.state, network.drafts, network.media) == ("scheduled", {}, {})
        assert Takedown.objects.get().why == "clean_up"


class TestAWorkerThatStoodStill:
    """A frozen process does not notice: it goes on where it was, minutes later."""

    def test_while_reading_what_to_upload_uploads_nothing(self, story, shift, network, monkeypatch):
        seconds = [0.0]

        def slowly(version):
            seconds[0] += 60
            return payload_of(version)

        monkeypatch.setattr(delivering, "payload_of", slowly)
        shift.until(DUE)
        shift.deliver(monotonic=lambda: seconds[0])
        assert (story.state, network.uploads) == ("scheduled", [])

    def test_between_two_uploads_stops_there(self, story, shift, network, channel):
        shift.until(DUE)
        row = claim(by=WORKER, at=DUE)
        assert row is not None
        parcel = parcel_of(payload_of(story.version), "k", [])
        over = Errand(row.account, DUE, 60, begun=time.monotonic() - 61)
        assert not isinstance(channel.prepare(over, parcel), Prepared)
        assert (network.uploads, network.drafts) == ([], {})


class TestALateAnswer:
    def test_publishes_what_was_unknown(self, story, shift):
        shift.until(DUE)
        row = claim(by=WORKER, at=DUE)
        assert row is not None
        intent = intend(delivery=row, handle={}, by=WORKER, at=DUE)
        assert intent is not None
        shift.pass_time(seconds=61)
        assert reap_one(by=WORKER, at=shift.now)
        assert story.state == "unknown"
        keep_outcome(
            attempt=intent.attempt, answer=Done("p1", "https://x.example/p1"), by=WORKER, at=shift.now
        )
        assert (story.state, story.delivery.remote_id) == ("published", "p1")

    def test_of_something_cancelled_meanwhile_is_taken_down(self, story, shift, network):
        network.faults = ["late"]
        shift.until(DUE)
        shift.deliver()
        attempt = story.delivery.attempts.get()
        for _ in range(5):
            shift.pass_time(seconds=31)
            if story.state == "scheduled":
                break
            probe_one(by=WORKER, clock=shift.clock)
        cancel(delivery=story.delivery, by=by(story.cast.dan), at=shift.now)
        network.catch_up()
        keep_outcome(attempt=attempt, answer=Done("p1", ""), by=WORKER, at=shift.now)
        shift.work()
        assert network.visible == []


class TestADeliveryThatBreaks:
    def test_does_not_keep_the_others_waiting(self, story, cast, shift, network, monkeypatch):
        other = approved(cast, given_version(cast, story.account, cast.ana, caption="The next one"))
        schedule(version=other, due_at=DUE + timedelta(minutes=1), by=by(cast.dan), at=shift.now)

        def breaks(versions, at, *, final):
            if versions == [story.version]:
                raise RuntimeError("a row that makes no sense")
            return rulings(versions, at, final=final)

        monkeypatch.setattr(claiming, "rulings", breaks)
        shift.until(DUE + timedelta(minutes=2))
        with pytest.raises(RuntimeError):
            shift.deliver()
        shift.deliver()
        assert (story.state, network.visible) == ("scheduled", ["The next one"])
