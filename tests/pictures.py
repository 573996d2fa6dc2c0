"""Pictures for tests, drawn here: a JPEG with everything a telephone hides in it, and files that only look like one."""

import io
import random
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

from consent.media.actions import add_asset, name_appearance, say_nobody_appears
from consent.media.models import Asset, PictureScan, Rendition
from consent.media.queries import rendition_of
from consent.people.models import Person
from tests.cast import NOW, Cast, by

COMMENT = b"room 4, Ana Ruiz"
DEVICE = "SN-20488-K"
GPS_PLACE = b"40.4406 N 79.9959 W"


def drawn(*, colour: str = "seagreen", size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A plain picture with a shape in its upper left corner, so that turning it shows."""
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).ellipse((20, 20, size[0] // 3, size[1] // 3), fill="gold")
    return image


def as_file(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def telling_jpeg() -> bytes:
    """A JPEG that tells where it was taken, with what, and of whom: EXIF, GPS, XMP and a comment; lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Examplephone"
    exif[0x9286] = b"ASCII\0\0\0" + COMMENT
    exif.get_ifd(0x8769)[0xA431] = DEVICE
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[27] = "N", (40.0, 26.0, 26.2), GPS_PLACE
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Ana Ruiz</x:xmpmeta>"
    return as_file(drawn(), exif=exif, comment=COMMENT, xmp=xmp)


def patterned(*, seed: int = 1, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture of light and dark patches, different for each `seed`: no two look alike."""
    chosen = random.Random(seed)
    patches = Image.frombytes("L", (9, 8), bytes(chosen.randrange(256) for _ in range(72)))
    return patches.resize(size, Image.Resampling.BICUBIC).convert("RGB")


def huge_png(side: int = 50_000) -> bytes:
    """A PNG of a few kilobytes that would fill the memory when opened."""
    squeeze = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    pixels = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def moving(kind: str) -> bytes:
    """Two frames."""
    return as_file(drawn(), kind, save_all=True, append_images=[drawn(colour="navy")])


def given_picture(
    cast: Cast, *people: Person, label: str = "Garden", looked: bool = True, **fields: Any
) -> Asset:
    """A picture of the practice with these people in it by their faces; without any, someone said that nobody is.

    The detectors have looked at it and saw nothing, unless `looked` is False.
    """
    colour = f"#{(Asset.objects.count() + 1) * 0x2F3A5D % 0xFFFFFF:06x}"
    asset = add_asset(
        practice=cast.practice,
        file=as_file(drawn(colour=colour)),
        label=label,
        by=by(cast.dan),
        at=NOW,
        **{"taken_by": "workforce", **fields},
    )
    for person in people:
        name_appearance(asset=asset, person=person, elements=["face"], by=by(cast.dan), at=NOW)
    if not people:
        say_nobody_appears(asset=asset, by=by(cast.dan), at=NOW)
    if looked:
        nothing_seen(rendition_of(asset))
    return asset


def nothing_seen(rendition: Rendition) -> None:
    """The detectors have looked at it, and saw no face, text or code."""
    PictureScan.objects.filter(rendition=rendition).update(state=PictureScan.State.LOOKED, looked_at=NOW)


def given_rendition(cast: Cast, *people: Person, **fields: Any) -> Rendition:
    """The rendition of such a picture."""
    return rendition_of(given_picture(cast, *people, **fields))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
