"""A telephone's HEIC picture is opened like any other, and its place is really gone (R37)."""

import base64
import io

import pytest
from PIL import Image

from consent.files.store import read
from consent.media.pixels import made_anew
from consent.media.queries import rendition_of
from consent.media.rules import PictureRefused
from tests.consent.media.test_add import added
from tests.pictures import GPS_PLACE

pytest.importorskip("pi_heif", reason="The extra `images` is not installed: ./postern run IMAGES=1.")
# 64 by 48 pixels, green with a golden spot, with EXIF that tells place, camera and a comment.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAQ8AAgAAAAAC8QABAAAAAAAAAOgAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA"
    "ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAB/21kYXQAAAELKAGvCeDyXrge2DHo2XZCgmwE7pBg2Hv/gQ7HXWFJ2rb9V4Je3ECg"
    "xsqS00Z/yd07rdDsp3wJ/Qp66svdDjjqN6LUl0ZjMJvl/+ErPa03b3CQn86FbMT38msykeniS2/pXgv9JeMxCvd/0+HLtH6PBN5y"
    "VNt2D3ck66jdcmrMPxHurthznUBxpwE7uRqXnG3wMG66O1+JGCeJHTBa35JNzb81ya1U3opOenEqEiq2V0v7Cz615WR3h7ljATdh"
    "VubBg/0oF2t4GVn20ZT5XQggy5Um1RseCLTHED7KptpcWgxyHOcs/weLjI7a/cWJQ4U9Mu0pAmEPWCMAEibrBT9Ot2x3Qr9BjZW0"
    "jExgAAAABkV4aWYAAE1NACoAAAAIAAMBDwACAAAADQAAADKIJQAEAAAAAQAAAECShgABAAAAGAAAAMYAAAAARXhhbXBsZXBob25l"
    "AAAABQABAAIAAAACTgAAAAACAAUAAAADAAAAggADAAIAAAACVwAAAAAEAAUAAAADAAAAmgAbAAcAAAATAAAAsgAAAAAAAAAoAAAA"
    "AQAAABoAAAABAAAAgwAAAAUAAABPAAAAAQAAADsAAAABAAAALQAAAAE0MC40NDA2IE4gNzkuOTk1OSBXAEFTQ0lJAAAAcm9vbSA0"
    "LCBBbmEgUnVpeg=="
)


class TestAHeicPicture:
    def test_is_made_anew_as_jpeg_without_its_place(self, cast):
        assert GPS_PLACE in HEIC
        rendition = rendition_of(added(cast, HEIC))
        published = read("renditions", rendition.storage_key)
        picture = Image.open(io.BytesIO(published))
        assert (picture.format, picture.size) == ("JPEG", (64, 48))
        assert not picture.getexif()
        for told in (GPS_PLACE, b"Examplephone", b"Ana Ruiz", b"Exif"):
            assert told not in published
        spot = picture.getpixel((14, 14))
        assert isinstance(spot, tuple)
        assert spot[0] > 180

    def test_tells_what_the_file_knew(self):
        assert {"place", "camera"} <= set(made_anew(HEIC).carried)
        assert "film" not in made_anew(HEIC).carried

    def test_is_refused_with_a_sentence_if_it_is_damaged(self, cast):
        with pytest.raises(PictureRefused):
            added(cast, HEIC[: len(HEIC) // 2])
