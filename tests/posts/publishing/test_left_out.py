"""What its author took out of a post, or put away, does not go out."""

import pytest

from posts.content.actions import discard_post, drop_version
from posts.content.models import Version
from posts.planning.actions import StillScheduled, save_post
from posts.planning.queries import desk, draft_of
from posts.planning.rules import channel_dropped
from posts.publishing.actions import NotApproved, cancel, schedule
from posts.publishing.actions.by_hand import Taken, claim_by_hand
from tests.cast import NOW, by
from tests.posts.publishing.conftest import DUE, Story

pytestmark = pytest.mark.django_db


def saved_without_the_channel(story):
    post = story.version.post
    draft = channel_dropped(draft_of(post), story.account.pk)
    return save_post(post=post, desk=desk(post, draft, NOW), by=by(story.cast.dan), at=NOW)


class TestLeavingAChannelOut:
    def test_is_refused_while_it_is_scheduled(self, story):
        with pytest.raises(StillScheduled, match="Cancel it under “Going out” first"):
            saved_without_the_channel(story)
        assert Version.objects.get().dropped_at is None

    def test_goes_once_it_was_cancelled(self, story, cast):
        cancel(delivery=story.delivery, by=by(cast.dan), at=NOW)
        saved_without_the_channel(story)
        assert Version.objects.get().dropped_at == NOW

    @pytest.mark.parametrize("put_away", ["version", "post"])
    def test_keeps_it_from_being_scheduled(self, story, cast, put_away):
        cancel(delivery=story.delivery, by=by(cast.dan), at=NOW)
        self.put(put_away, story, cast)
        with pytest.raises(NotApproved, match="taken out of the post"):
            schedule(version=story.version, due_at=DUE, by=by(cast.dan), at=NOW)

    @pytest.mark.parametrize("put_away", ["version", "post"])
    def test_sends_nothing_that_was_in_the_queue_all_the_same(self, story, cast, shift, network, put_away):
        self.put(put_away, story, cast)
        shift.until(DUE)
        shift.work()
        assert (network.uploads, network.commits) == ([], [])
        assert (story.state, story.delivery.why) == (
            "returned",
            "It was taken out of the post, or the post was put away.",
        )

    def test_keeps_a_person_from_posting_it(self, cast):
        story = Story(cast, "by_hand", picture=False)
        self.put("version", story, cast)
        with pytest.raises(Taken, match="taken out of the post"):
            claim_by_hand(delivery=story.delivery, by=by(cast.dan), at=DUE)

    def put(self, put_away, story, cast):
        if put_away == "version":
            drop_version(version=story.version, by=by(cast.dan), at=NOW)
        else:
            discard_post(post=story.version.post, by=by(cast.dan), at=NOW)
