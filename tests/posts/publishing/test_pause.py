"""Paused: nothing goes out, and what must stop or come down still does."""

import pytest

from consent.records.actions import revoke
from posts.publishing.actions.pause import pause, resume
from posts.publishing.models import Pause
from tests.cast import NOW, by
from tests.posts.publishing.conftest import DUE

pytestmark = pytest.mark.django_db


class TestPausing:
    @pytest.mark.parametrize("what", ["installation", "practice", "account"])
    def test_holds_back_what_is_due(self, story, shift, network, what):
        scope = {
            "installation": {"practice": None},
            "practice": {"practice": story.cast.practice},
            "account": {"practice": story.cast.practice, "account": story.account},
        }[what]
        row = pause(**scope, why="Looking into it", by=by(story.cast.olga), at=NOW)
        shift.until(DUE)
        shift.work()
        assert (story.state, network.uploads) == ("scheduled", [])
        resume(pause=row, by=by(story.cast.olga), at=shift.now)
        shift.work()
        assert story.state == "published"

    def test_does_not_hold_back_another_practice(self, story, shift):
        pause(practice=story.cast.other_practice, why="Theirs", by=by(story.cast.zed), at=NOW)
        shift.until(DUE)
        shift.work()
        assert story.state == "published"

    def test_between_claim_and_intent_stops_the_send(self, story, shift, network):
        def step(name):
            if name == "prepared":
                pause(practice=None, why="Stop", by=by(story.cast.olga), at=shift.now)

        shift.until(DUE)
        shift.deliver(step)
        assert (story.state, network.commits) == ("scheduled", [])

    def test_lets_withdrawals_and_takedowns_go_on(self, story, shift, network):
        shift.until(DUE)
        shift.work()
        pause(practice=story.cast.practice, why="Stop", by=by(story.cast.olga), at=shift.now)
        revoke(consent=story.consent, how="desk", by=by(story.cast.finn), at=shift.now)
        shift.work()
        assert network.visible == []


class TestTheButton:
    def test_pauses_and_resumes(self, cast, client):
        client.force_login(cast.olga)
        assert cast.practice
        page = client.post("/p/riverbend/going-out/pause/", {"why": "Phones are down"}, follow=True)
        assert "Publishing is paused" in page.content.decode()
        row = Pause.objects.get()
        client.post(f"/p/riverbend/going-out/resume/{row.pk}/")
        assert not Pause.objects.filter(resumed_at=None).exists()

    @pytest.mark.parametrize(("name", "status"), [("eve", 302), ("paul", 302), ("dan", 403), ("zed", 404)])
    def test_is_for_owner_compliance_and_privacy(self, cast, client, name, status):
        client.force_login(getattr(cast, name))
        assert cast.practice
        assert client.post("/p/riverbend/going-out/pause/", {"why": "x"}).status_code == status
