"""Writing posts: what is kept, what is refused in a sentence, what a change does."""

from dataclasses import replace

import pytest

from consent.audit.models import LedgerEntry
from posts.content.actions import (
    Mentioned,
    NotOfThisPractice,
    PostChanged,
    PostDiscarded,
    Shown,
    begin_post,
    change_post,
    discard_post,
    drop_version,
)
from posts.content.models import Post
from posts.content.queries import claims_of, contents, payload_of, whole_version, whole_versions
from posts.content.rules import ContentRefused
from tests.cast import NOW, by, make_location, make_person
from tests.drafts import LATER, a_channel, a_post, a_version
from tests.pictures import given_picture, given_rendition


class TestBeginning:
    def test_declares_a_purpose(self, cast):
        with pytest.raises(ContentRefused, match="purpose"):
            begin_post(
                practice=cast.practice,
                location=cast.location,
                title="Bell",
                purpose="any",
                by=by(cast.dan),
                at=NOW,
            )

    def test_needs_a_name_for_the_list(self, cast):
        with pytest.raises(ContentRefused, match="name"):
            a_post(cast, title="   ")

    def test_stays_inside_the_practice(self, cast):
        place = make_location(cast.other_practice, "Hill")
        with pytest.raises(NotOfThisPractice):
            begin_post(
                practice=cast.practice, location=place, title="Bell", purpose="team", by=by(cast.dan), at=NOW
            )


class TestTheStoryItRepeats:
    def test_is_part_of_what_is_approved_and_of_nothing_that_repeats_none(self, cast):
        """An approval holds for the story it was given for (R43, R96); one from before there were stories stands."""
        version = a_version(cast)
        before = payload_of(version)
        assert "story" not in before.claims.declared
        assert not before.claims.repeats

        told = change_post(
            post=version.post,
            title="The bell",
            purpose="testimonial",
            location=cast.location,
            claims=replace(before.claims, story=7),
            by=by(cast.dan),
            at=LATER,
        )

        after = payload_of(whole_version(version.pk))
        assert told.story == after.claims.story == claims_of(Post.objects.get()).story == 7
        assert after.claims.repeats
        others = {replace(after, claims=replace(after.claims, story=n)).digest for n in (None, 8)}
        assert after.digest not in others | {before.digest}
        assert after.shown == before.shown


class TestChanging:
    def test_refuses_a_stale_tab_and_changes_nothing(self, cast):
        post = a_post(cast)
        opened = post.changed_at
        change_post(
            post=post,
            title="Mia's",
            purpose="team",
            location=cast.location,
            seen=opened,
            by=by(cast.mia),
            at=LATER,
        )

        with pytest.raises(PostChanged, match="still here"):
            change_post(
                post=post,
                title="Dan's",
                purpose="team",
                location=cast.location,
                seen=opened,
                by=by(cast.dan),
                at=LATER,
            )

        post.refresh_from_db()
        assert post.title == "Mia's"


class TestWriting:
    def test_keeps_the_words_to_the_letter(self, cast):
        words = "  Ana rang the bell!\n\n\u2028#grateful \U0001f514 "
        version = a_version(cast, caption=words)

        assert whole_version(version.pk).caption == words

    def test_names_the_field_and_the_limit_when_the_text_is_too_long(self, cast):
        with pytest.raises(
            ContentRefused, match=r"The text for Our wall is 60,000 .* at most 20,000 .* by 40,000"
        ):
            a_version(cast, caption="a" * 60_000)

    @pytest.mark.parametrize("letter", ["\0", "\x08", "\x0b", "\x1b", "\uffff"])
    def test_refuses_what_no_database_or_feed_can_hold(self, cast, letter):
        with pytest.raises(ContentRefused, match="cannot be stored"):
            a_version(cast, caption=f"bell{letter}")

    def test_keeps_pictures_in_their_order_with_their_descriptions(self, cast):
        first, second = given_rendition(cast), given_rendition(cast)

        version = a_version(cast, media=[Shown(second, "two"), Shown(first, "one")])

        pictures = payload_of(whole_version(version.pk)).media
        assert [(one.sha256, one.alt_text) for one in pictures] == [
            (second.sha256, "two"),
            (first.sha256, "one"),
        ]

    def test_asks_what_the_words_use_of_a_person(self, cast):
        with pytest.raises(ContentRefused, match="use of Ana"):
            a_version(cast, mentions=[Mentioned(cast.ana, ())])

    def test_declares_those_in_words_and_pictures(self, cast):
        version = a_version(
            cast,
            media=[Shown(given_rendition(cast, cast.nora), "Nora at the desk")],
            mentions=[Mentioned(cast.ana, ("first_name", "treatment"))],
        )

        people = payload_of(whole_version(version.pk)).people
        assert [(one.person, one.elements, one.asset is None) for one in people] == [
            (cast.ana.pk, ("first_name", "treatment"), True),
            (cast.nora.pk, ("face",), False),
        ]

    def test_takes_nothing_of_another_practice(self, cast):
        stranger = make_person(cast.other_practice, "Sam", "Poe", cast.ana.date_of_birth)
        with pytest.raises(NotOfThisPractice):
            a_version(cast, mentions=[Mentioned(stranger, ("first_name",))])

    def test_changes_the_digest_by_one_letter(self, cast):
        post, account = a_post(cast), a_channel(cast)
        before = payload_of(whole_version(a_version(cast, post, account, caption="Bell").pk)).digest

        after = payload_of(whole_version(a_version(cast, post, account, caption="Bell.").pk)).digest

        assert before != after

    def test_reads_all_versions_in_as_many_queries_however_many(self, cast, django_assert_num_queries):
        post = a_post(cast)
        for number in range(4):
            account = a_channel(cast, handle=f"Wall {number}")
            a_version(cast, post, account, media=[Shown(given_rendition(cast, cast.ana), "x")])

        with django_assert_num_queries(6):
            versions = whole_versions(post=post)
            assert [len(version.media.all()) for version in versions] == [1] * 4
        with django_assert_num_queries(4):
            assert len(contents([version.pk for version in versions])) == 4


class TestDropping:
    def test_keeps_the_version_until_it_is_written_again(self, cast):
        post, account = a_post(cast), a_channel(cast)
        version = a_version(cast, post, account)

        drop_version(version=version, by=by(cast.dan), at=LATER)
        assert whole_versions(post=post) == []

        assert a_version(cast, post, account) == version
        assert whole_versions(post=post) == [version]


class TestDiscarding:
    def test_ends_writing(self, cast):
        post = discard_post(post=a_post(cast), by=by(cast.dan), at=NOW)

        with pytest.raises(PostDiscarded):
            a_version(cast, post)
        assert LedgerEntry.objects.filter(event="post.discarded").count() == 1

    def test_leaves_the_pictures(self, cast):
        asset = given_picture(cast)
        version = a_version(cast, media=[Shown(asset.renditions.get(), "x")])

        discard_post(post=version.post, by=by(cast.dan), at=NOW)

        assert asset.renditions.exists()
