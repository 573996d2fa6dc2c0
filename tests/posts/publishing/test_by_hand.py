"""A person posts: nothing is shown before the gate was asked, ten minutes then, and a word about how it went."""

from datetime import timedelta

import pytest
import time_machine

from consent.outbox.models import OutgoingMail
from consent.records.actions import place_hold, revoke
from posts.publishing.actions.tasks import MayStillCome, finish_by_hand
from posts.publishing.models import Attempt, RevocationEffect, Takedown
from tests.cast import NOW, by
from tests.posts.publishing.conftest import CAPTION, DUE, Story

pytestmark = pytest.mark.django_db
ADDRESS = "https://facebook.example/posts/1"


@pytest.fixture
def story(cast):
    return Story(cast, "by_hand")


@pytest.fixture
def at_due():
    with time_machine.travel(DUE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def dan(cast, client, story, at_due):
    """Dan's browser: `dan("claim")` presses that button, `dan()` opens the page."""
    client.force_login(cast.dan)

    def press(button="", **fields):
        address = f"/p/riverbend/by-hand/{story.delivery.pk}/"
        if button:
            return client.post(f"{address}{button}/", fields, follow=True).content.decode()
        return client.get(address).content.decode()

    return press


class TestPostingByHand:
    def test_shows_nothing_before_post_it_now(self, dan, story):
        assert CAPTION not in dan()
        assert CAPTION not in dan("claim")
        assert story.state == "claimed"
        assert CAPTION in dan("post")
        assert story.state == "sending"

    @pytest.mark.parametrize(
        "place", ["posts/calendar/", "posts/{post}/", "going-out/?show=coming", "by-hand/{pk}/"]
    )
    def test_is_called_what_it_is(self, dan, story, client, place):
        """Nothing is prepared on a network: somebody took it, then somebody posts it."""
        address = f"/p/riverbend/{place}".format(post=story.version.post_id, pk=story.delivery.pk)
        for button, words in (("claim", "taken, to be posted by hand"), ("post", "being posted by hand")):
            dan(button)
            page = client.get(address).content.decode().lower()
            assert words in page
            assert "being prepared" not in page

    def test_ends_with_the_address(self, dan, story):
        dan("claim")
        dan("post")
        dan("tell", posted="yes", address=ADDRESS)
        assert (story.state, story.delivery.remote_url) == ("published", ADDRESS)

    def test_wants_an_address(self, dan, story):
        dan("claim")
        dan("post")
        assert "Paste the address" in dan("tell", posted="yes", address="somewhere")
        assert story.state == "sending"

    def test_may_end_with_i_did_not(self, dan, story):
        dan("claim")
        dan("post")
        dan("tell", posted="no")
        assert story.state == "scheduled"

    def test_hands_out_the_picture_only_meanwhile(self, dan, story, cast, client, at_due):
        address = f"/p/riverbend/by-hand/{story.delivery.pk}/pictures/0/"
        assert client.get(address).status_code == 404
        dan("claim")
        dan("post")
        answer = client.get(address)
        assert answer["Content-Disposition"].startswith("attachment")
        at_due.shift(timedelta(minutes=11))
        client.logout()
        client.force_login(cast.dan)
        assert client.get(address).status_code == 404

    def test_is_not_done_by_the_worker_nor_before_its_time(self, story, shift, cast, client):
        shift.until(DUE)
        shift.work()
        assert story.state == "scheduled"
        with time_machine.travel(NOW, tick=False):
            client.force_login(cast.dan)
            page = client.post(f"/p/riverbend/by-hand/{story.delivery.pk}/claim/")
        assert "Its time has not come yet" in page.content.decode()

    def test_belongs_to_whoever_took_it(self, dan, story, cast, client):
        dan("claim")
        client.force_login(cast.mia)
        page = client.post(f"/p/riverbend/by-hand/{story.delivery.pk}/post/")
        assert page.status_code == 422
        assert CAPTION not in page.content.decode()


class TestStop:
    def stops(self, client, story):
        return "Stop" in client.get(f"/p/riverbend/by-hand/{story.delivery.pk}/stop/").content.decode()

    def test_shows_while_the_window_is_open(self, dan, story, cast, client):
        dan("claim")
        dan("post")
        assert not self.stops(client, story)
        place_hold(person=cast.ana, by=by(cast.finn), at=DUE)
        assert self.stops(client, story)
        assert CAPTION not in dan()

    def test_comes_before_anything_is_shown_if_permission_is_gone(self, dan, story, cast):
        dan("claim")
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=DUE)
        page = dan("post")
        assert "Do not post it" in page
        assert CAPTION not in page
        assert story.state == "blocked"
        assert not Attempt.objects.exists()

    def test_makes_what_was_posted_all_the_same_a_task_with_a_deadline(self, dan, story, cast, shift):
        dan("claim")
        dan("post")
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=DUE)
        shift.until(DUE)
        shift.work()
        assert not RevocationEffect.objects.exists()
        dan("tell", posted="yes", address=ADDRESS)
        shift.work()
        assert RevocationEffect.objects.count() == 1
        task = Takedown.objects.get()
        assert (task.by_hand, task.due_at) == (True, DUE + timedelta(days=1))

    def test_is_not_gone_while_someone_may_still_post_it(self, dan, story, cast, shift):
        dan("claim")
        dan("post")
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=DUE)
        shift.until(DUE)
        shift.work()
        task = Takedown.objects.get()
        with pytest.raises(MayStillCome, match="may still appear"):
            finish_by_hand(takedown=task, proof="Nothing there.", by=by(cast.eve), at=DUE)
        dan("tell", posted="yes", address=ADDRESS)
        finish_by_hand(takedown=task, proof="The page is gone.", by=by(cast.eve), at=DUE)

    def test_is_gone_after_silence_only_when_the_quarantine_is_over(self, dan, story, cast, shift):
        dan("claim")
        dan("post")
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=DUE)
        shift.until(DUE + timedelta(minutes=11))
        shift.work()
        shift.work()
        task = Takedown.objects.get()
        with pytest.raises(MayStillCome):
            finish_by_hand(takedown=task, proof="Nothing there.", by=by(cast.eve), at=shift.now)
        shift.pass_time(minutes=2, seconds=1)
        finish_by_hand(takedown=task, proof="Nothing there.", by=by(cast.eve), at=shift.now)


class TestSilence:
    def test_becomes_one_question_to_that_person(self, dan, story, shift):
        dan("claim")
        dan("post")
        shift.until(DUE + timedelta(minutes=11))
        shift.work()
        shift.work()
        assert story.state == "unknown"
        mail = OutgoingMail.objects.get(kind="by_hand_question")
        assert mail.subject == "Did you post it?"

    def test_is_ended_by_the_same_answers(self, dan, story, shift):
        dan("claim")
        dan("post")
        shift.until(DUE + timedelta(minutes=11))
        shift.work()
        dan("tell", posted="yes", address=ADDRESS)
        assert story.state == "published"
