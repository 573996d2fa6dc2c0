"""What a picture's file hides besides its pixels: which kinds of things, never what they say (R37). No Django.

Runs in the process that opens the file. Whatever cannot be read counts as something that was there.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from PIL import ExifTags, Image

GPS, DETAILS = ExifTags.IFD.GPSInfo, ExifTags.IFD.Exif
# Tags of EXIF by what they tell; a maker's own notes hold serial numbers.
TAGS = {
    "time": {0x0132, 0x9003, 0x9004},
    "camera": {0x010F, 0x0110, 0xA433, 0xA434},
    "serial": {0xA431, 0xA435, 0x927C, 0xA420},
    "owner": {0x013B, 0x8298, 0xA430, 0x9C9D},
    "words": {0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F},
    "history": {0x0131, 0x000B},
}
PLACES, DAYS = {2, 4, 27, 28}, {7, 29}
XMP = {
    "place": rb"GPSL(at|ong)itude|photoshop:City|Iptc4xmpCore:Location|Iptc4xmpExt:LocationCreated",
    "time": rb"DateTimeOriginal|CreateDate|DateCreated",
    "serial": rb"SerialNumber",
    "owner": rb"OwnerName|dc:creator",
    "people": rb"PersonInImage|mwg-rs:Regions|MPReg:",
    "words": rb"dc:description|dc:title|dc:subject|UserComment|photoshop:Headline",
}
IPTC = 0x0404
FILM = re.compile(rb"ftyp(mp4|isom|iso[2-6]|qt  |M4V|avc1|heic|mif1)")
PROGRAMS_OWN = {"photoshop", "xmp", "XML:com.adobe.xmp", "Raw profile type xmp"}


def carried(image: Image.Image, data: bytes) -> list[str]:
    """The keys of `rules.CARRIED` that the opened and loaded picture has."""
    found: set[str] = set()
    for look in (_in_exif, _in_xmp, _in_comments, _beside):
        seen = {"unreadable"}
        # Hostile metadata fails in every way there is; it is removed all the same.
        with suppress(Exception):
            seen = set(look(image, data))
        found |= seen
    return sorted(found)


def _in_exif(image: Image.Image, _data: bytes) -> Iterator[str]:
    """Place, time, camera, owner, words and the small copy."""
    exif = image.getexif()
    tags = {*exif, *exif.get_ifd(DETAILS)}
    yield from (key for key, known in TAGS.items() if known & tags)
    place = exif.get_ifd(GPS)
    if PLACES & set(place):
        yield "place"
    if DAYS & set(place):
        yield "time"
    if exif.get_ifd(ExifTags.IFD.IFD1):
        yield "thumbnail"


def _in_xmp(image: Image.Image, _data: bytes) -> Iterator[str]:
    """What editing programs write down."""
    if not PROGRAMS_OWN & set(image.info):
        return
    yield "history"
    text = b" ".join(_bytes(image.info.get(key)) for key in PROGRAMS_OWN)
    yield from (key for key, pattern in XMP.items() if re.search(pattern, text))


def _in_comments(image: Image.Image, _data: bytes) -> Iterator[str]:
    """Comments of JPEG and GIF, the press's headlines, the texts of PNG."""
    if image.info.get("comment") or set(getattr(image, "text", {})) - PROGRAMS_OWN:
        yield "words"
    resources = image.info.get("photoshop")
    if isinstance(resources, dict) and IPTC in resources:
        yield "words"


def _beside(image: Image.Image, data: bytes) -> Iterator[str]:
    """What stands in the file behind the first picture."""
    if getattr(image, "n_frames", 1) > 1:
        yield "frames" if image.format == "GIF" else "pictures"
    if FILM.search(data, 12 if image.format == "HEIF" else 0):
        yield "film"


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value or "").encode()
