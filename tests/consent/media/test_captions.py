"""A video's captions: from a file or typed, checked, and kept as plain WebVTT (R92)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consent.media.actions import write_captions
from consent.media.captions import CaptionsRefused, captions_of, captions_of_file
from consent.media.models import Asset
from consent.media.queries import rendition_of
from posts.clearance.queries import rulings
from posts.content.actions import Shown
from posts.planning.queries import desk, draft_of
from posts.planning.rules import DraftPicture
from tests.cast import NOW, by
from tests.desk import as_, at, words
from tests.drafts import a_version
from tests.pictures import given_picture

SRT = (
    b"1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>Hello</i> & welcome\r\n\r\n"
    b"2\r\n00:00:04,000 --> 00:00:05,000\r\nBye\r\n"
)
VTT = "WEBVTT\n\nNOTE by Ana\n\n1\n00:01.000 --> 00:03.500 align:start\nHello"


@pytest.fixture
def video(cast):
    """A video of five seconds in which nobody is, as it stands once it is added."""
    asset = given_picture(cast, looked=False)
    asset.refresh_from_db()
    asset.renditions.update(seconds=5, media_type="video/mp4")
    asset.kind = Asset.Kind.VIDEO
    asset.save()
    return asset


class TestCaptions:
    def test_of_an_srt_file_become_webvtt(self):
        assert captions_of_file(SRT, 5) == (
            "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nHello &amp; welcome\n\n00:00:04.000 --> 00:00:05.000\nBye\n"
        )

    def test_keep_times_and_words_alone(self):
        assert captions_of(VTT, 5) == "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nHello\n"

    def test_without_times_stand_there_all_the_time(self):
        assert captions_of("[music]", 5) == "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n[music]\n"

    def test_that_are_read_again_are_the_same(self):
        assert captions_of(captions_of(VTT, 5), 5) == captions_of(VTT, 5)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("WEBVTT\n\n00:04.000 --> 00:01.000\nHello", "not in order"),
            ("WEBVTT\n\n00:03.000 --> 00:04.000\nA\n\n00:01.000 --> 00:02.000\nB", "not in order"),
            ("WEBVTT\n\nsoon --> later\nHello", "is no time"),
            ("WEBVTT\n\n01:00.000 --> 01:02.000\nHello", "5 seconds long"),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "no words"),
            ("a" * 100_001, "too long"),
        ],
    )
    def test_that_cannot_be_are_refused_with_a_sentence(self, text, told):
        with pytest.raises(CaptionsRefused, match=told):
            captions_of(text, 5)

    def test_in_a_file_that_is_no_text_are_refused(self):
        with pytest.raises(CaptionsRefused, match="no text"):
            captions_of_file(b"\xff\xfe\0\0", 5)


@pytest.mark.django_db
class TestAVideosCaptions:
    def test_are_taken_from_a_file_on_its_page(self, cast, video):
        file = SimpleUploadedFile("a.srt", SRT, "application/x-subrip")
        page = words(as_(cast.dan).post(at("media:caption", video.pk), {"file": file}, follow=True))
        assert "The captions are kept" in page
        assert "Hello" in page
        served = as_(cast.dan).get(at("media:captions", video.pk))
        assert served["Content-Type"].startswith("text/vtt")
        assert served.content.decode().startswith("WEBVTT")

    def test_that_cannot_be_are_told_on_the_page(self, cast, video):
        sent = {"typed": "WEBVTT\n\nsoon --> later\nHello"}
        assert "is no time" in words(as_(cast.dan).post(at("media:caption", video.pk), sent, follow=True))

    def test_are_none_of_a_picture(self, cast):
        with pytest.raises(CaptionsRefused, match="belong to videos"):
            write_captions(asset=given_picture(cast), typed="Hello", by=by(cast.dan), at=NOW)

    def test_stand_in_a_new_post_and_can_be_changed_there(self, cast, video):
        write_captions(asset=video, typed="Hello", by=by(cast.dan), at=NOW)
        version = a_version(cast, media=[Shown(rendition_of(video), "A garden")])
        draft = draft_of(version.post)
        [typed] = draft.versions
        [picture] = desk(version.post, draft, NOW).versions[0].pictures
        assert "Hello" in picture.captions
        assert typed.pictures == (DraftPicture(rendition_of(video).pk, "A garden", ""),)

    def test_are_asked_for_by_the_gate(self, cast, video):
        codes = self.codes(cast, video)
        assert "A11Y_CAPTIONS_MISSING" in codes
        assert "A11Y_CAPTIONS_MISSING" not in self.codes(cast, video, captions="Hello")

    def test_are_read_by_the_word_screen(self, cast, video):
        cast.practice.screens_words = True
        cast.practice.save(update_fields=["screens_words"])
        caption = "Her record number is MRN 00448151."
        version = a_version(cast, media=[Shown(rendition_of(video), "A garden", caption)])
        [ruling] = rulings([version], NOW, final=False)
        assert "00448151" in {one.words for one in ruling.sightings if one.place.startswith("captions")}

    def test_do_not_help_where_the_channel_takes_no_video(self, cast, video):
        assert "CHANNEL_TAKES_NO_VIDEO" in self.codes(cast, video, captions="Hello")

    def test_do_not_replace_watching_it(self, cast, video):
        assert "PICTURE_NOT_LOOKED_OVER" in self.codes(cast, video, captions="Hello")

    def codes(self, cast, video, captions=""):
        version = a_version(cast, media=[Shown(rendition_of(video), "A garden", captions)])
        [ruling] = rulings([version], NOW, final=False)
        return {reason.code for reason in ruling.verdict.reasons}
