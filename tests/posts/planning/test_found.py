"""What was found about a post: it lay in a network's drafts already (R45); the original of a repost is gone (R97)."""

import pytest

from consent.audit.models import LedgerEntry
from posts.clearance.models import PrematureUpload
from posts.content.models import Post
from tests.desk import as_, at, words
from tests.drafts import a_version


def record(cast, written, **fields):
    data = {"version": str(written.pk), "uploaded_at": "2026-11-22T09:00", "note": "By mistake"} | fields
    return as_(cast.dan).post(at("planning:record_upload", written.post_id), data, follow=True)


class TestAPrematureUpload:
    def test_stops_the_post_until_it_is_gone_from_there(self, cast):
        version = a_version(cast)

        page = words(record(cast, version))
        assert "It was loaded into the network’s own drafts or scheduler on 22 Nov" in page
        assert "By mistake" in page

        composer = words(as_(cast.dan).get(at("planning:compose", version.post_id)))
        assert f"{at('planning:post', version.post_id)}#uploads" in composer

        upload = PrematureUpload.objects.get()
        page = words(as_(cast.eve).post(at("planning:record_removal", upload.pk), follow=True))
        assert "Gone from there, says Eve" in page
        assert "The gate has nothing against it." in page
        again = as_(cast.eve).post(at("planning:record_removal", upload.pk), follow=True)
        assert "was recorded before" in words(again)

    def test_is_one_however_often_it_is_sent_until_it_is_gone(self, cast):
        version = a_version(cast)
        for _ in range(2):
            page = words(record(cast, version))
            assert "Recorded. Delete it there, then say so here; until then it is stopped." in page
        [upload] = PrematureUpload.objects.all()
        assert LedgerEntry.objects.filter(event="upload.found").count() == 1

        as_(cast.eve).post(at("planning:record_removal", upload.pk))
        record(cast, version)
        assert PrematureUpload.objects.filter(removed_at=None).count() == 1

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"uploaded_at": "2027-01-01T09:00"}, "This lies ahead."),
            ({"uploaded_at": "soon"}, "Choose a day and a time"),
            ({"version": "77"}, "Choose the channel."),
        ],
    )
    def test_needs_a_channel_and_an_instant_that_was(self, cast, fields, told):
        response = record(cast, a_version(cast), **fields)
        assert response.status_code == 422
        assert told in words(response)
        assert not PrematureUpload.objects.exists()


class TestTheOriginal:
    def test_is_asked_about_only_for_a_repost(self, cast):
        version = a_version(cast)
        page = at("planning:post", version.post_id)
        assert "The original is gone" not in words(as_(cast.dan).get(page))

        Post.objects.update(origin_url="https://social.example/1")
        assert "The original is gone" in words(as_(cast.dan).get(page))

    def test_that_is_gone_stops_the_repost(self, cast):
        version = a_version(cast)
        Post.objects.update(origin_url="https://social.example/1", origin_author=cast.ana)
        address = at("planning:origin_gone", version.post_id)
        assert as_(cast.dan).post(address, {"gone_at": "2027-01-01T09:00"}).status_code == 422

        page = words(as_(cast.dan).post(address, {"gone_at": "2026-11-22T09:00"}, follow=True))

        assert "nothing of it goes out" in page
        assert "withdrew the licence for the original, or took the original away, on 22 Nov" in page
