"""A story found in public is kept as it was seen: proof of what was there, and permission for nothing (S6, R96)."""

import hashlib
import io

import pytest
from django.db import IntegrityError, connection, transaction
from PIL import Image

from consent.audit.models import LedgerEntry
from posts.community.actions import (
    AlreadyKept,
    NothingSeen,
    PartRefused,
    Seen,
    StoryRefused,
    begin_post_from,
    keep_story,
    leave_at_sign,
    name_everybody,
    note_gone,
    say_part,
    see_again,
)
from posts.community.models import Part, Snapshot, Story
from posts.community.queries import author_of, copies_of, questions_open, story_of
from posts.community.rules import AddressRefused, found_at, lookalike_letters, same_handle
from posts.content.models import Post
from tests.cast import NOW, Cast, by
from tests.stories import ADDRESS, WORDS, a_repost, a_story, known


@pytest.fixture
def cast(db):
    return Cast()


def photo(shade: int = 90, side: int = 320) -> bytes:
    """A picture with enough in it to be known again."""
    image = Image.new("RGB", (side, side), (shade, 40, 90))
    for place in range(0, side, 16):
        image.paste((place % 256, (place * 7) % 256, shade), (place, place // 2, side, place // 2 + 9))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()


class TestTheAddress:
    @pytest.mark.parametrize(
        ("typed", "platform", "handle", "same"),
        [
            ("https://www.instagram.com/anna.k/reel/Cx1/?igsh=q", "instagram", "@anna.k", "instagram.com/p/Cx1"),
            ("instagram.com/p/Cx1", "instagram", "", "instagram.com/p/Cx1"),
            ("https://m.facebook.com/story.php?story_fbid=1&id=9&x=2", "facebook", "",
             "facebook.com/story.php?id=9&story_fbid=1"),
            ("https://twitter.com/bob/status/1", "x", "@bob", "x.com/bob/status/1"),
            ("https://mastodon.example/@jo/112", "mastodon", "@jo", "mastodon.example/@jo/112"),
            ("https://youtu.be/abc?t=3", "youtube", "", "youtube.com/watch?v=abc"),
            ("https://blog.example/my-knee", "", "", "blog.example/my-knee"),
        ],
    )  # fmt: skip
    def test_tells_the_network_the_account_and_which_addresses_are_of_one_post(
        self, typed, platform, handle, same
    ):
        found = found_at(typed)
        assert (found.platform, found.handle, found.same) == (platform, handle, same)

    @pytest.mark.parametrize(
        "typed",
        [
            "http://127.0.0.1/story",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/x",
            "http://10.0.0.7/x",
            "http://localhost/x",
            "https://printer.local/x",
            "https://db.internal/x",
        ],
    )
    def test_into_a_local_network_is_refused(self, typed):
        with pytest.raises(AddressRefused, match="local network"):
            found_at(typed)

    @pytest.mark.parametrize(
        "typed", ["", "no address", "ftp://a.example/x", "https://me:secret@x.com/a", "https://x.com:8443/a",
                  "javascript:alert(1)", "https://x.com/" + "a" * 600],
    )  # fmt: skip
    def test_that_is_none_is_refused_with_what_to_do(self, typed):
        with pytest.raises(AddressRefused, match=r"\."):
            found_at(typed)

    def test_letters_that_look_like_others_are_named(self):
        assert lookalike_letters("@rоsa") == "о"
        assert lookalike_letters("@rosa\u200b") == "\u200b"
        assert lookalike_letters("@rosa.runs_1") == ""
        assert lookalike_letters("@мария") == ""
        assert same_handle("@Rosa.Runs", "rosa.runs")
        assert not same_handle("@rоsa", "@rosa")


class TestKeeping:
    def test_keeps_the_words_under_a_digest_and_no_name_in_the_ledger(self, cast):
        story = a_story(cast)
        snapshot = Snapshot.objects.get(story=story)
        assert snapshot.text == WORDS
        assert len(snapshot.sha256) == 64
        line = LedgerEntry.objects.get(event="story.found")
        assert snapshot.sha256.encode() in bytes(line.body)
        assert b"rosa" not in bytes(line.body).lower()
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM posts_snapshot")
            assert "stairs" not in str(cursor.fetchone())

    def test_keeps_a_picture_made_anew_from_its_pixels(self, cast):
        story = a_story(cast, seen=Seen(picture=photo()))
        snapshot = Snapshot.objects.get(story=story)
        assert snapshot.picture_key
        assert snapshot.picture_sha256 != hashlib.sha256(photo()).hexdigest()
        assert snapshot.media_type == "image/jpeg"

    def test_is_kept_once_whoever_pastes_it_in_whatever_way(self, cast):
        first = a_story(cast)
        with pytest.raises(AlreadyKept, match="Dan kept it") as again:
            a_story(cast, "https://instagram.com/reel/Cx1/?utm_source=copy")
        assert again.value.story == first
        assert Story.objects.count() == 1

    def test_the_same_picture_under_another_address_is_recognised(self, cast):
        first = a_story(cast, seen=Seen(picture=photo(side=640)))
        second = a_story(cast, "https://www.tiktok.com/@rosa.runs/video/7", seen=Seen(picture=photo()))
        other = a_story(cast, "https://x.com/rosa/status/9", seen=Seen(text="Something else"))
        assert copies_of(second) == [first]
        assert copies_of(other) == []

    def test_without_an_address_a_picture_of_it_is_enough(self, cast):
        assert a_story(cast, "", seen=Seen(picture=photo())).address == ""
        assert a_story(cast, "", seen=Seen(text="Gone by now")).same == ""

    def test_without_anything_seen_it_is_not_kept(self, cast):
        with pytest.raises(NothingSeen, match="stories vanish"):
            a_story(cast, seen=Seen(text="  "))
        with pytest.raises(StoryRefused, match="name of the account"):
            a_story(cast, handle=" ")
        with pytest.raises(StoryRefused, match="characters"):
            a_story(cast, seen=Seen(text="x" * 5_001))
        assert not Story.objects.exists()

    def test_seen_again_unchanged_it_is_kept_once_and_edited_it_is_kept_beside(self, cast):
        story = a_story(cast)
        see_again(story=story, seen=Seen(text=WORDS), by=by(cast.dan), at=NOW)
        assert Snapshot.objects.filter(story=story).count() == 1
        see_again(story=story, seen=Seen(text=WORDS + " Mostly."), by=by(cast.dan), at=NOW)
        assert [one.text for one in Snapshot.objects.filter(story=story)] == [WORDS, WORDS + " Mostly."]

    def test_can_be_left_at_a_kind_sign(self, cast):
        story = leave_at_sign(story=a_story(cast), sign="like", by=by(cast.dan), at=NOW)
        assert story.get_sign_display() == "Liked"

    def test_gone_is_noted_once(self, cast):
        story = a_story(cast)
        note_gone(story=story, by=by(cast.dan), at=NOW)
        note_gone(story=story, by=by(cast.dan), at=NOW.replace(hour=20))
        assert Story.objects.get().gone_at == NOW

    def test_gone_holds_every_post_that_repeats_it_and_lets_no_other_begin(self, cast):
        """Also one that nobody asked with: a licence for the story would cover it as well (R97)."""
        story = known(cast, a_story(cast), cast.ana)
        post = a_repost(cast, story, cast.ana)
        note_gone(story=story, by=by(cast.dan), at=NOW)
        assert Post.objects.get(pk=post.pk).origin_gone_at == NOW
        with pytest.raises(StoryRefused, match="gone"):
            begin_post_from(story=story, purpose="testimonial", by=by(cast.dan), at=NOW)


class TestWhoIsWho:
    def test_asks_until_everybody_is_known(self, cast):
        story = a_story(cast)
        assert any("who made it" in question for question in questions_open(story))
        say_part(
            story=story,
            kind="author",
            relation="unknown",
            age="unknown",
            person=None,
            by=by(cast.dan),
            at=NOW,
        )
        questions = " ".join(questions_open(story_of(cast.practice, story.pk)))
        assert "whether the author is a patient" in questions
        assert "of age" in questions
        known(cast, story, cast.ana)
        assert questions_open(story_of(cast.practice, story.pk)) == []

    def test_somebody_nobody_knows_is_a_no(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        say_part(story=story, kind="shown", relation="unknown", age="unknown", person=None, words="on the left",
                 by=by(cast.dan), at=NOW)  # fmt: skip
        name_everybody(story=story, named=True, by=by(cast.dan), at=NOW)
        assert questions_open(story_of(cast.practice, story.pk)) == [
            "Somebody in it may be a patient. Say who it is, or leave it at a kind sign."
        ]

    def test_a_new_author_takes_the_place_of_the_one_before_who_stays_to_be_read(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        say_part(story=story, kind="author", relation="not_patient", age="adult", person=cast.carla,
                 by=by(cast.eve), at=NOW)  # fmt: skip
        author = author_of(story_of(cast.practice, story.pk))
        assert author is not None
        assert (author.person, author.said_by) == (cast.carla, cast.eve)
        assert Part.objects.filter(story=story).count() == 2

    def test_saying_anew_who_is_in_it_asks_again_whether_that_is_everybody(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        say_part(
            story=story,
            kind="told",
            relation="not_patient",
            age="adult",
            person=cast.vic,
            by=by(cast.dan),
            at=NOW,
        )
        assert any(
            "nobody else" in question for question in questions_open(story_of(cast.practice, story.pk))
        )

    def test_nobody_of_another_practice_is_in_it(self, cast):
        from tests.cast import make_person

        stranger = make_person(cast.other_practice, "Zoe", "Zimmer", NOW.date().replace(year=1990))
        with pytest.raises(PartRefused, match="not on record here"):
            say_part(story=a_story(cast), kind="author", relation="patient", age="adult", person=stranger,
                     by=by(cast.dan), at=NOW)  # fmt: skip


@pytest.mark.django_db
class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "change",
        [
            lambda story: Snapshot.objects.filter(story=story).update(sha256="0" * 64),
            lambda story: Snapshot.objects.filter(story=story).delete(),
            lambda story: Story.objects.filter(pk=story.pk).update(address="https://x.com/other/1"),
            lambda story: Part.objects.filter(story=story).update(relation="not_patient"),
        ],
    )
    def test_to_change_what_was_seen_or_said(self, cast, change):
        story = known(cast, a_story(cast), cast.ana)
        with pytest.raises(IntegrityError), transaction.atomic():
            change(story)

    def test_to_take_back_a_no_thanks(self, cast):
        story = a_story(cast)
        Story.objects.filter(pk=story.pk).update(declined_at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Story.objects.filter(pk=story.pk).update(declined_at=None)


def test_the_constant_address_is_of_the_network_that_it_says():
    assert found_at(ADDRESS).platform == "instagram"
    assert keep_story.__doc__


class TestAnAuthorWhomNobodyKnew:
    def test_is_put_on_record_under_the_accounts_name_and_can_be_asked(self, cast):
        story = a_story(cast)
        part = say_part(story=story, kind="author", relation="not_patient", age="adult", person=None,
                        by=by(cast.dan), at=NOW)  # fmt: skip
        assert part.person is not None
        assert part.person.alias == "@rosa.runs"
        assert [one.kind for one in part.person.relations.all()] == ["author"]
        name_everybody(story=story, named=True, by=by(cast.dan), at=NOW)
        assert questions_open(story_of(cast.practice, story.pk)) == []

    @pytest.mark.parametrize("handle", ["@", "@...", "\U0001f642\U0001f642", "\u200b\u200b"])
    def test_is_looked_for_where_nobody_could_be_called_like_the_account(self, cast, handle):
        story = a_story(cast, handle=handle)
        with pytest.raises(PartRefused, match="Find the author"):
            say_part(story=story, kind="author", relation="not_patient", age="adult", person=None,
                     by=by(cast.dan), at=NOW)  # fmt: skip

    def test_stays_nobody_while_we_do_not_know_whether_they_are_a_patient(self, cast):
        part = say_part(story=a_story(cast), kind="author", relation="unknown", age="adult", person=None,
                        by=by(cast.dan), at=NOW)  # fmt: skip
        assert part.person is None
