"""Adding pictures: what is published is made from pixels, and hostile files leave nothing behind."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from pytest_django import Settings

from consent.audit.models import LedgerEntry
from consent.files.store import read
from consent.media.actions import AuthorMissing, add_asset, adding
from consent.media.models import Asset, Rendition
from consent.media.pixels import made_anew
from consent.media.queries import rendition_of
from consent.media.rules import PictureRefused
from tests.cast import NOW, Cast, by
from tests.pictures import (
    COMMENT,
    DEVICE,
    GPS_PLACE,
    as_file,
    drawn,
    huge_png,
    moving,
    telling_jpeg,
)

HIDDEN = (
    COMMENT,
    DEVICE.encode(),
    GPS_PLACE,
    b"Ana Ruiz",
    b"Examplephone",
    b"Exif",
    b"xmpmeta",
    b"ICC_PROFILE",
)


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("list.txt", "names")
    return target.getvalue()


JPEG = as_file(drawn())
HOSTILE = {
    "empty": (b"", "empty"),
    "text": (b"hello", "not a picture"),
    "truncated JPEG": (JPEG[: len(JPEG) // 2], "damaged"),
    "truncated PNG": (as_file(drawn(), "PNG")[:-40], "damaged"),
    "JPEG and ZIP": (JPEG + zipped(), "an archive"),
    "JPEG and page": (JPEG + b"<script>alert(1)</script>", "a program"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "drawing"),
    "moving PNG": (moving("PNG"), "moves"),
    "moving WebP": (moving("WEBP"), "moves"),
    "HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
    "TIFF": (as_file(drawn(), "TIFF"), "not a picture"),
    "huge PNG": (huge_png(), "50000 by 50000 pixels"),
}


def added(cast: Cast, file: bytes, **fields: Any) -> Asset:
    return add_asset(practice=cast.practice, file=file, label="Bell", by=by(cast.dan), at=NOW, **fields)


@pytest.fixture
def own_files(settings: Settings, tmp_path: Path) -> Path:
    """File rooms of this test's own: other tests store files at the same time."""
    rooms = {
        name: {**room, "OPTIONS": {**room["OPTIONS"], "location": tmp_path / name}}
        for name, room in settings.STORAGES.items()
        if name in settings.FILE_ROOMS
    }
    settings.STORAGES = {**settings.STORAGES, **rooms}
    return tmp_path


class TestAdding:
    def test_publishes_nothing_that_the_file_hid(self, cast):
        file = telling_jpeg()
        for hidden in HIDDEN[:-1]:
            assert hidden in file

        asset = added(cast, file)

        rendition = rendition_of(asset)
        for key in (rendition.storage_key, rendition.small_key):
            published = read("renditions", key)
            assert not [hidden for hidden in HIDDEN if hidden in published]
            picture = Image.open(io.BytesIO(published))
            assert not picture.getexif()
            assert set(picture.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progression",
                "progressive",
            }
        assert rendition.metadata_stripped

    def test_keeps_the_original_as_it_came_in_its_own_room(self, cast):
        asset = added(cast, telling_jpeg())

        assert read("originals", asset.storage_key) == telling_jpeg()
        with pytest.raises(Exception, match="missing"):
            read("renditions", asset.storage_key)

    def test_turns_the_picture_upright_and_bounds_its_size(self, cast):
        exif = Image.Exif()
        exif[0x0112] = 6
        asset = added(cast, as_file(drawn(size=(4000, 1000)), exif=exif))

        rendition = rendition_of(asset)
        picture = Image.open(io.BytesIO(read("renditions", rendition.storage_key)))
        assert picture.size == (rendition.width, rendition.height) == (512, 2048)
        right_corner = picture.getpixel((380, 300))
        assert isinstance(right_corner, tuple)
        assert right_corner[0] > 200

    def test_puts_transparent_pictures_on_white(self, cast):
        asset = added(cast, as_file(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))

        picture = Image.open(io.BytesIO(read("renditions", rendition_of(asset).storage_key)))
        assert picture.getpixel((20, 20)) == (255, 255, 255)

    @pytest.mark.parametrize("case", HOSTILE)
    def test_refuses_in_a_clear_sentence_and_stores_nothing(self, cast, case, own_files):
        file, told = HOSTILE[case]

        with pytest.raises(PictureRefused, match=told):
            added(cast, file)

        assert not Asset.objects.exists()
        assert not Rendition.objects.exists()
        assert not any(path.is_file() for path in own_files.rglob("*"))

    def test_refuses_files_beyond_the_limit(self, cast, monkeypatch):
        monkeypatch.setattr(settings, "MAX_PICTURE_BYTES", 1024 * 1024)

        with pytest.raises(PictureRefused, match="larger than 1 MB"):
            added(cast, b"\xff" * (1024 * 1024 + 1))

    def test_returns_the_picture_that_is_there_already(self, cast):
        first = added(cast, JPEG)

        again = add_asset(practice=cast.practice, file=JPEG, label="Other", by=by(cast.mia), at=NOW)

        assert again == first
        assert Asset.objects.count() == 1

    def test_gives_the_loser_of_a_race_the_winners_picture(self, cast, monkeypatch):
        def slowly(file):
            monkeypatch.setattr(adding, "made_anew", made_anew)
            winners.append(added(cast, file))
            return made_anew(file)

        winners: list[Asset] = []
        monkeypatch.setattr(adding, "made_anew", slowly)

        assert added(cast, JPEG) == winners[0]
        assert (Asset.objects.count(), Rendition.objects.count()) == (1, 1)

    def test_keeps_the_pictures_of_practices_apart(self, cast):
        added(cast, JPEG)

        other = add_asset(practice=cast.other_practice, file=JPEG, label="Bell", by=by(cast.zed), at=NOW)

        assert other.practice == cast.other_practice
        assert Asset.objects.count() == 2

    def test_asks_who_made_what_others_made(self, cast):
        with pytest.raises(AuthorMissing, match="licence"):
            added(cast, JPEG, source="user", source_url="https://example.org/post/1")

    def test_writes_a_line_in_the_ledger_without_names(self, cast):
        asset = added(cast, telling_jpeg())

        [entry] = LedgerEntry.objects.filter(event="asset.added")
        assert asset.sha256.encode() in bytes(entry.body)
        assert b"Bell" not in bytes(entry.body)
