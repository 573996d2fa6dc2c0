"""Videos: encoded anew within limits, looked through frame by frame, and watched whole by a person (R37, R38, R92)."""

import importlib
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consent.audit.rules import SYSTEM
from consent.files.store import read
from consent.media import films
from consent.media.actions import StillOpen, look_at_one, retouch, review_background
from consent.media.actions.retouching import NothingToDo
from consent.media.detectors.frames import frames_of
from consent.media.detectors.sights import Box, Sight
from consent.media.detectors.worker import look_through
from consent.media.models import Asset, Rendition
from consent.media.queries import Seen, eyesight, rendition_of
from consent.media.rules import BACKGROUND, WATCHED, PictureRefused
from consent.media.sight import Looked
from tests.cast import NOW, by
from tests.consent.media.test_add import added
from tests.desk import as_, at, words
from tests.films import PLACE, TITLE, film
from tests.pictures import as_file, drawn

av = pytest.importorskip("av", reason="The extra `images` is not installed: ./postern run IMAGES=1.")
films_worker = importlib.import_module("consent.media.films_worker")
FACE = Sight("face", Box(100, 80, 60, 80), 0.9, at=2)


def tags(data: bytes) -> str:
    opened: Any = av.open(io.BytesIO(data))
    return repr([opened.metadata, *(stream.metadata for stream in opened.streams)])


class TestAVideo:
    def test_is_encoded_anew_without_its_tags(self, cast):
        original = film()
        assert TITLE in tags(original)
        asset = added(cast, original)
        new = read("renditions", rendition_of(asset).storage_key)
        assert TITLE not in tags(new)
        for told in (TITLE.encode(), PLACE.encode(), b"room 4"):
            assert told not in new
        assert asset.kind == Asset.Kind.VIDEO
        assert rendition_of(asset).metadata_stripped
        assert read("originals", asset.storage_key) == original

    def test_keeps_its_length_its_picture_and_its_sound(self, cast):
        rendition = rendition_of(added(cast, film(seconds=3)))
        opened: Any = av.open(io.BytesIO(read("renditions", rendition.storage_key)))
        assert rendition.seconds == 3
        assert {stream.codec_context.name for stream in opened.streams} == {"h264", "aac"}
        assert 2.8 <= opened.duration / av.time_base <= 3.3

    def test_is_made_small(self, cast):
        rendition = rendition_of(added(cast, film(seconds=1, size=(1920, 1080))))
        assert (rendition.width, rendition.height) == (1280, 720)

    @pytest.mark.parametrize(
        ("file", "told"),
        [
            (lambda: film()[:3000], "damaged"),
            (lambda: film(codec="libx265"), "h264"),
            (lambda: film() + as_file(drawn()) + b"<script>alert(1)</script>", "something else"),
            (lambda: b"\0\0\0\x18ftypisom" + b"\0" * 400, "damaged|h264"),
        ],
        ids=["cut off", "another codec", "a page too", "nothing in it"],
    )
    def test_is_refused_with_a_sentence_if_it_cannot_be_used(self, cast, file, told):
        with pytest.raises(PictureRefused, match=told):
            added(cast, file())
        assert not Rendition.objects.exists()

    def test_is_refused_if_it_is_too_long(self, cast, monkeypatch):
        monkeypatch.setattr(films, "MEASURES", (2, 480, 88))
        with pytest.raises(PictureRefused, match="more than 2"):
            added(cast, film(seconds=4))

    def test_is_refused_if_it_is_too_large(self, cast, settings):
        settings.MAX_FILM_BYTES = 1000
        with pytest.raises(PictureRefused, match="larger than"):
            added(cast, film())

    def test_is_opened_within_bounds_of_memory_and_time(self):
        assert films_worker.MEMORY_BYTES <= 2.5 * 1024**3
        assert films_worker.CPU_SECONDS <= 400
        assert films.WALL_SECONDS <= 420

    def test_cannot_be_cut(self, cast):
        asset = added(cast, film())
        with pytest.raises(NothingToDo, match="video"):
            retouch(rendition=rendition_of(asset), covers=[FACE.box], by=by(cast.dan), at=NOW)


class TestItsFrames:
    def test_are_one_a_second_and_each_new_scene(self):
        new = films.film_made_anew(film(seconds=3)).film
        assert [second for second, _ in frames_of(new)] == [0, 1, 1, 2]

    def test_tell_once_what_stays_at_its_place(self):
        new = films.film_made_anew(film(seconds=3)).film
        told = look_through(new, {"faces": lambda frame: [Sight("face", Box(10, 10, 50, 50), 0.9)]})
        assert [one["at"] for one in told] == [0]


class TestWatchingIt:
    def look(self, *seen):
        assert look_at_one(by=SYSTEM, clock=lambda: NOW, look=lambda _: Looked(seen, {"faces": "test"}))

    def test_is_asked_though_nothing_was_seen(self, cast):
        asset = added(cast, film())
        self.look()
        eyes = eyesight(rendition_of(asset))
        assert eyes.state == "open"
        with pytest.raises(StillOpen, match="3 seconds"):
            review_background(rendition=rendition_of(asset), points=BACKGROUND, by=by(cast.dan), at=NOW)
        review_background(
            rendition=rendition_of(asset), points=[*BACKGROUND, WATCHED], by=by(cast.dan), at=NOW
        )
        assert eyesight(rendition_of(asset)).state == "done"

    def test_the_page_plays_it_and_says_when_something_was_seen(self, cast):
        asset = added(cast, film())
        self.look(FACE)
        assert Seen.of(eyesight(rendition_of(asset)).open[0]).at == 2
        page = words(as_(cast.dan).get(at("media:asset", asset.pk)))
        assert "<video" in page
        assert "after 2 seconds" in page
        assert "All of it, 3 seconds, with the sound on" in page
        assert "What is said in the video is not screened" in page
        assert "Cover places or crop" not in page
        poster = as_(cast.dan).get(at("media:poster", rendition_of(asset).pk))
        assert poster["Content-Type"] == "image/jpeg"


class TestTheFormForPictures:
    def test_takes_a_video_too(self, cast):
        sent = {
            "pictures": SimpleUploadedFile("walk.mp4", film(), "video/mp4"),
            "label": "Walk",
            "source": "own",
            "taken_by": "workforce",
        }
        page = words(as_(cast.dan).post(at("media:add"), sent, follow=True))
        assert "<video" in page
        assert Asset.objects.get().kind == Asset.Kind.VIDEO
