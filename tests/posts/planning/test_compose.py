"""The composer: what is typed is kept, refused in a sentence, or saved; an approval ends with the first letter."""

import pytest

from posts.clearance.actions import approve, submit
from posts.clearance.models import Review
from posts.clearance.queries import approval_of, post_digest
from posts.content.actions import Mentioned, Shown, change_post
from posts.content.models import Post, Version
from posts.content.queries import whole_version
from tests.cast import NOW, by, make_person
from tests.consents import signed_consent
from tests.desk import as_, at, typed, words
from tests.drafts import LATER, a_channel, a_post, a_version
from tests.pictures import given_rendition


class TestSaving:
    def test_keeps_what_was_typed(self, cast):
        version = a_version(cast, caption="Bell")
        data = typed(version.post, **{f"caption-{version.account_id}": "  Two\r\nlines \U0001f514"})

        response = as_(cast.dan).post(at("planning:compose", version.post_id), data)

        assert response.status_code == 302
        assert whole_version(version.pk).caption == "  Two\nlines \U0001f514"

    @pytest.mark.parametrize(
        ("platform", "told"),
        [("x", "of 280, the network’s limit"), ("facebook", "of 20000"), ("website", "of 20000")],
    )
    def test_counts_to_the_limit_that_comes_first(self, cast, platform, told):
        post = a_post(cast)
        a_version(cast, post, a_channel(cast, platform, "ours"))

        page = words(as_(cast.dan).get(at("planning:compose", post.pk)))

        assert told in page
        assert "63206" not in page

    def test_names_field_and_limit_and_loses_nothing(self, cast):
        version = a_version(cast)
        long = "long " * 12_000
        data = typed(version.post, title="Kept title", **{f"caption-{version.account_id}": long})

        response = as_(cast.dan).post(at("planning:compose", version.post_id), data)

        assert response.status_code == 422
        assert "The text for Our wall is 60,000 characters long; at most 20,000 are kept." in words(response)
        assert long in response.content.decode()
        assert "Kept title" in words(response)
        assert whole_version(version.pk).caption == "Someone rang the bell today!"

    def test_refuses_a_stale_tab_shows_what_was_typed_and_saves_it_the_second_time(self, cast):
        version = a_version(cast)
        data = typed(version.post, **{f"caption-{version.account_id}": "Dan's words"})
        change_post(
            post=version.post,
            title="Mia's",
            purpose="team",
            location=cast.location,
            by=by(cast.mia),
            at=LATER,
        )

        response = as_(cast.dan).post(at("planning:compose", version.post_id), data)
        assert response.status_code == 409
        assert "Someone saved this post while you were writing" in words(response)
        assert "Dan's words" in words(response)

        data["seen"] = Post.objects.get(pk=version.post_id).changed_at.isoformat()
        assert as_(cast.dan).post(at("planning:compose", version.post_id), data).status_code == 302
        assert whole_version(version.pk).caption == "Dan's words"

    def test_leaves_an_approval_alone_when_nothing_changed(self, cast):
        version = approved(cast)

        as_(cast.dan).post(at("planning:compose", version.post_id), typed(version.post))
        assert approval_of(version) is not None

        one_letter = typed(version.post, **{f"caption-{version.account_id}": version.caption + "!"})
        as_(cast.dan).post(at("planning:compose", version.post_id), one_letter)
        assert approval_of(version) is None
        assert "Changed since it was approved" in words(as_(cast.dan).get(at("planning:posts")))

    def test_drops_a_channel_that_is_no_longer_on_the_desk(self, cast):
        post, instagram = a_post(cast), a_channel(cast, "instagram", "@riverbend")
        kept, dropped = a_version(cast, post), a_version(cast, post, instagram)
        data = typed(post, channel=[str(kept.account_id)])

        as_(cast.dan).post(at("planning:compose", post.pk), data)

        assert [*Version.objects.filter(dropped_at=None)] == [kept]
        assert Version.objects.get(pk=dropped.pk).dropped_at is not None

    def test_ignores_rows_of_another_practice(self, cast):
        version = a_version(cast)
        stranger = a_stranger(cast)
        data = typed(version.post, **{f"mention-{version.account_id}": [str(stranger.pk), "9" * 30, "x"]})

        assert as_(cast.dan).post(at("planning:compose", version.post_id), data).status_code == 302
        assert not whole_version(version.pk).mentions.exists()


class TestWaitingForReview:
    def test_stops_saving_until_the_post_is_taken_back(self, cast):
        version = a_version(cast)
        review = submit(post=version.post, by=by(cast.dan), at=NOW)
        data = typed(version.post, **{f"caption-{version.account_id}": "Changed under their eyes"})

        response = as_(cast.dan).post(at("planning:compose", version.post_id), data)
        assert response.status_code == 409
        assert "Take it back first" in words(response)
        assert "Changed under their eyes" in words(response)

        as_(cast.dan).post(at("clearance:withdraw", review.pk))
        assert as_(cast.dan).post(at("planning:compose", version.post_id), data).status_code == 302

    def test_opens_the_post_instead_of_the_composer(self, cast):
        version = a_version(cast)
        submit(post=version.post, by=by(cast.dan), at=NOW)

        response = as_(cast.dan).get(at("planning:compose", version.post_id), follow=True)
        assert "Take it back to change it" in words(response)


class TestSendingForReview:
    def test_saves_and_sends(self, cast):
        version = a_version(cast)
        data = typed(version.post, **{f"caption-{version.account_id}": "Final"})

        as_(cast.dan).post(at("planning:submit", version.post_id), data)

        assert Review.objects.get().outcome == "waiting"
        assert whole_version(version.pk).caption == "Final"

    def test_is_refused_with_the_reasons_on_the_page_and_the_text_saved(self, cast):
        version = a_version(cast, mentions=[Mentioned(cast.ana, ("first_name",))])
        data = typed(version.post, **{f"caption-{version.account_id}": "About Ana"})

        response = as_(cast.dan).post(at("planning:submit", version.post_id), data, follow=True)

        assert "The gate does not allow this yet. Your text is saved." in words(response)
        assert "Ana has not given permission for this." in words(response)
        assert whole_version(version.pk).caption == "About Ana"
        assert not Review.objects.exists()


def approved(cast):
    """A version about Ana, who allowed it, approved by Eve."""
    signed_consent(cast, cast.ana)
    picture = given_rendition(cast, cast.ana)
    version = a_version(cast, media=[Shown(picture, "Ana")], mentions=[Mentioned(cast.ana, ("first_name",))])
    review = submit(post=version.post, by=by(cast.dan), at=NOW)
    approve(review=review, seen_digest=post_digest(version.post), attested=True, by=by(cast.eve), at=NOW)
    return version


def a_stranger(cast):
    """Somebody of the other practice."""
    return make_person(cast.other_practice, "Sam", "Poe", cast.ana.date_of_birth)
