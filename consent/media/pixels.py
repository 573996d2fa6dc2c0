"""The one way from a file to a picture: decoded by a process of its own, within limits, and made anew from pixels."""

from dataclasses import dataclass

from django.conf import settings

from .aside import NoAnswer, asked_aside
from .rules import LONG_SIDE, MAX_PIXELS, QUALITY, SMALL_SIDE, SUFFIXES, PictureRefused, also, kind_refused

WALL_SECONDS = 30
MEASURES = (MAX_PIXELS, LONG_SIDE, SMALL_SIDE, QUALITY)


@dataclass(frozen=True)
class Made:
    """A picture without its past: JPEG bytes in two sizes, and what was done to get there.

    `carried` are the keys of what the file hid (`rules.CARRIED`), none of its values; `likeness` is made of its pixels.
    """

    suffix: str
    picture: bytes
    small: bytes
    width: int
    height: int
    recipe: tuple[str, ...]
    carried: tuple[str, ...]
    likeness: str


def made_anew(data: bytes) -> Made:
    """The picture in `data`, upright, at most 2048 pixels long, with no metadata at all (R37).

    Raises `PictureRefused` with a sentence for whoever added the file: not a picture, damaged, moving, too many
    pixels, something else besides a picture, or too hard to open.
    """
    if not data:
        raise PictureRefused("empty")
    if len(data) > settings.MAX_PICTURE_BYTES:
        raise PictureRefused("too_large", limit=settings.MAX_PICTURE_BYTES // 1024 // 1024)
    try:
        told, pictures = asked_aside("pixels_worker", MEASURES, data, seconds=WALL_SECONDS)
    except NoAnswer as error:
        raise PictureRefused("too_hard") from error
    if "refused" in told:
        code = str(told["refused"])
        raise PictureRefused(kind_refused(data) if code == "not_a_picture" else code, **told["said"])
    if what := also(data):
        raise PictureRefused("two_in_one", what=what)
    size, width, height = int(told["large"]), int(told["width"]), int(told["height"])
    was = "{} x {}".format(*told["from"])
    return Made(
        suffix=SUFFIXES[str(told["format"])],
        picture=pictures[:size],
        small=pictures[size:],
        width=width,
        height=height,
        recipe=(
            f"decoded {told['format']}, {was}",
            f"turned upright, scaled to {width} x {height}",
            f"new JPEG from pixels, quality {QUALITY}",
        ),
        carried=tuple(told["carried"]),
        likeness=str(told["likeness"]),
    )
