"""What a file hid is told to whoever added it, and a copy of an earlier picture is recognised (R37)."""

import io
import struct

import pytest
from PIL import Image, ImageEnhance, ImageOps, PngImagePlugin

from consent.files.store import read
from consent.media.likeness import alike, mirrored
from consent.media.models import Asset
from consent.media.pixels import made_anew
from consent.media.queries import lookalikes, rendition_of
from consent.media.rules import CARRIED, carried_told
from consent.records.actions import revoke
from tests.cast import NOW, by
from tests.consent.media.test_add import added
from tests.consent.media.test_pages import upload
from tests.consents import signed_consent
from tests.desk import as_, at, words
from tests.pictures import as_file, moving, patterned, telling_jpeg

FILM = b"\0\0\0\x18ftypmp42" + b"\0" * 400


def with_text() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "room 4")
    return as_file(patterned(), "PNG", pnginfo=told)


def with_small_copy() -> bytes:
    """EXIF with a second directory, in which a camera keeps the small copy."""
    orientation, copy_at = (struct.pack("<HHII", tag, 3, 1, 1) for tag in (0x0112, 0x0103))
    first = struct.pack("<H", 1) + orientation + struct.pack("<I", 26)
    second = struct.pack("<H", 1) + copy_at + struct.pack("<I", 0)
    return as_file(patterned(), exif=b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second)


HIDING = {
    "telephone": (telling_jpeg(), {"place", "camera", "serial", "words", "history"}),
    "comment in a PNG": (with_text(), {"words"}),
    "live photo": (as_file(patterned()) + FILM, {"film"}),
    "moving GIF": (moving("GIF"), {"frames"}),
    "nothing": (as_file(patterned()), set()),
}


class TestWhatAFileCarried:
    @pytest.mark.parametrize("case", HIDING)
    def test_is_named_by_its_kind(self, case):
        file, hidden = HIDING[case]

        assert hidden == set(made_anew(file).carried)

    def test_includes_the_small_copy_of_how_it_looked_before(self):
        assert "thumbnail" in made_anew(with_small_copy()).carried

    def test_counts_what_cannot_be_read_as_hidden(self):
        broken = (
            telling_jpeg()
            .replace(b"Exif\0\0II*\0", b"Exif\0\0II*\xff")
            .replace(b"Exif\0\0MM\0*", b"Exif\0\0MM\0\xff")
        )

        assert made_anew(broken).carried

    def test_is_said_in_one_sentence_without_its_values(self, cast):
        page = words(upload(cast.dan, ("a.jpg", telling_jpeg()), follow=True))

        assert (
            "This picture knew where it was taken, with which camera and the camera’s serial number" in page
        )
        assert "carried a description or comment" in page
        assert ": removed." in page
        assert "SN-20488" not in page

    def test_stays_on_the_pictures_page(self, cast):
        asset = added(cast, telling_jpeg())

        assert "The file knew where it was taken" in words(as_(cast.dan).get(at("media:asset", asset.pk)))

    def test_is_not_mentioned_where_there_was_nothing(self, cast):
        assert carried_told(()) == ""
        assert "removed." not in words(upload(cast.dan, ("a.jpg", as_file(patterned())), follow=True))

    def test_has_words_for_every_kind(self):
        for key in CARRIED:
            assert carried_told({key}).endswith(": removed.")


class TestGif:
    def test_is_kept_as_its_first_frame(self, cast):
        asset = added(cast, moving("GIF"))

        published = Image.open(io.BytesIO(read("renditions", rendition_of(asset).storage_key)))
        assert published.format == "JPEG"
        pixel = published.getpixel((600, 400))
        assert isinstance(pixel, tuple)
        assert pixel[1] > pixel[2]


class TestCopies:
    @pytest.mark.parametrize(
        "copy",
        [
            as_file(patterned(size=(320, 240))),
            as_file(patterned(), quality=40),
            as_file(patterned(), "WEBP", quality=70),
            as_file(Image.blend(patterned(), Image.new("RGB", (640, 480), "white"), 0.2)),
            as_file(ImageEnhance.Brightness(patterned()).enhance(0.7)),
            as_file(ImageOps.mirror(patterned())),
            as_file(patterned().crop((64, 0, 640, 480))),
            as_file(patterned().crop((32, 24, 608, 456))),
            as_file(patterned().crop((20, 10, 590, 450)), quality=40),
            as_file(ImageOps.mirror(patterned().crop((40, 20, 600, 460))), quality=60),
        ],
        ids=[
            "smaller",
            "coarser",
            "WebP",
            "lighter",
            "darker",
            "mirrored",
            "cut on the left",
            "cut all around",
            "cut anywhere",
            "cut and mirrored",
        ],
    )
    def test_look_alike(self, copy):
        assert alike(made_anew(as_file(patterned())).likeness, made_anew(copy).likeness)

    def test_are_found_from_the_part_to_the_whole_too(self):
        part = made_anew(as_file(patterned().crop((64, 0, 640, 480)))).likeness
        assert alike(part, made_anew(as_file(patterned())).likeness)

    def test_are_found_by_what_was_kept_of_the_first_pictures_here(self):
        """Of those there is the coarse part alone."""
        coarse = made_anew(as_file(patterned())).likeness[:16]
        assert alike(coarse, made_anew(as_file(patterned(), quality=40)).likeness)
        assert not alike(coarse, made_anew(as_file(patterned(seed=2))).likeness)

    def test_mirror_twice_to_what_they_were(self):
        assert mirrored(mirrored(0x123456789ABCDEF)) == 0x123456789ABCDEF

    def test_do_not_include_other_pictures_or_plain_grounds(self):
        likenesses = [made_anew(as_file(patterned(seed=seed))).likeness for seed in range(12)]
        assert not [1 for n, one in enumerate(likenesses) for other in likenesses[:n] if alike(one, other)]
        plain = made_anew(as_file(Image.new("RGB", (64, 48), "white"))).likeness
        assert not alike(plain, plain)

    def test_lead_to_the_earlier_picture(self, cast):
        first = added(cast, as_file(patterned()))

        page = words(
            upload(cast.dan, ("b.jpg", as_file(patterned(), quality=50)), label="Again", follow=True)
        )

        assert "“Again” looks like a copy of" in page
        assert f'href="{at("media:asset", first.pk)}"' in page

    def test_are_found_within_the_practice_only(self, cast):
        added(cast, as_file(patterned()))
        copy = added(cast, as_file(patterned(), quality=50))
        assert lookalikes(copy).count() == 1
        Asset.objects.exclude(pk=copy.pk).update(practice=cast.other_practice)
        Asset.objects.exclude(pk=copy.pk).get().renditions.update(practice=cast.other_practice)

        assert not lookalikes(copy).exists()

    def test_of_what_was_withdrawn_say_so(self, cast):
        consent = signed_consent(cast, cast.ana)
        first = added(cast, as_file(patterned()))
        copy = added(cast, as_file(patterned(), quality=50))
        name = {"person": cast.ana.pk, "elements": ["face"], "capacity": "patient"}
        as_(cast.dan).post(at("media:name", first.pk), name)
        panel = at("planning:picture_panel", copy.pk)
        assert "withdrawn or taken down" not in words(as_(cast.dan).get(panel))

        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)

        page = words(as_(cast.dan).get(panel))
        assert "was withdrawn or taken down" in page
        assert "Ana" in page
