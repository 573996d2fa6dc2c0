"""The one way from a file to a video: decoded by a process of its own, within limits, and encoded anew."""

import importlib.util
from dataclasses import dataclass

from django.conf import settings

from .aside import NoAnswer, asked_aside
from .rules import MAX_FILM_SECONDS, QUALITY, SMALL_SIDE, PictureRefused, also

WALL_SECONDS = 420
MEASURES = (MAX_FILM_SECONDS, SMALL_SIDE, QUALITY)


@dataclass(frozen=True)
class FilmMade:
    """A video without its past: MP4 bytes, its first frame in two sizes, how long it is, and what was done."""

    film: bytes
    poster: bytes
    small: bytes
    width: int
    height: int
    seconds: int
    recipe: tuple[str, ...]
    carried: tuple[str, ...]
    likeness: str
    suffix: str = "mp4"


def is_film(data: bytes) -> bool:
    """Whether the content is of the MP4 family, and no HEIC picture."""
    return data[4:8] == b"ftyp" and data[8:12] in (
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"qt  ",
        b"dash",
    )


def film_made_anew(data: bytes) -> FilmMade:
    """The video in `data`, encoded anew with no metadata at all (R37). Raises `PictureRefused` with a sentence."""
    if importlib.util.find_spec("av") is None:
        raise PictureRefused("film_unreadable")
    if len(data) > settings.MAX_FILM_BYTES:
        raise PictureRefused("film_too_large", limit=settings.MAX_FILM_BYTES // 1024 // 1024)
    if what := also(data):
        raise PictureRefused("two_in_one", what=what)
    try:
        told, files = asked_aside("films_worker", MEASURES, data, seconds=WALL_SECONDS)
    except NoAnswer as error:
        raise PictureRefused("film_too_hard") from error
    if "refused" in told:
        raise PictureRefused(str(told["refused"]), **told["said"])
    film, poster = int(told["film"]), int(told["film"]) + int(told["poster"])
    sound = "and its sound " if told["sound"] else ""
    return FilmMade(
        film=files[:film],
        poster=files[film:poster],
        small=files[poster:],
        width=int(told["width"]),
        height=int(told["height"]),
        seconds=int(told["seconds"]),
        recipe=(f"every frame {sound}decoded, {told['width']} x {told['height']}", "new MP4, h264 and aac"),
        carried=("words", "history") if told["tags"] else (),
        likeness=str(told["likeness"]),
    )
