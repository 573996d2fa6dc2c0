"""The one way to ask the detectors: a process of its own, within limits; no answer means that nobody has looked."""

from dataclasses import dataclass

from django.conf import settings

from .aside import NoAnswer, asked_aside
from .detectors.sights import Box, Sight
from .films import is_film
from .rules import LONG_SIDE, MAX_PIXELS

WALL_SECONDS = 240
FILM_CPU_SECONDS, FILM_WALL_SECONDS = 1800, 2100


class DetectorUnavailable(Exception):
    """The detectors are missing, crashed or took too long; `passing` if another try may go better."""

    def __init__(self, why: str, *, passing: bool) -> None:
        super().__init__(why)
        self.passing = passing


@dataclass(frozen=True)
class Looked:
    """What was seen, and by which detectors."""

    seen: tuple[Sight, ...]
    detectors: dict[str, str]


def looked_at(picture: bytes) -> Looked:
    """The faces, texts and codes in a picture or a video's frames, where and how surely, never who (R38, R41).

    Raises `DetectorUnavailable`; it never answers "nothing" unless every detector ran to its end.
    """
    arguments: tuple[object, ...] = (
        MAX_PIXELS,
        LONG_SIDE,
        settings.FACE_MODEL,
        settings.FACE_MODEL_SHA256,
    )
    wall = WALL_SECONDS
    if is_film(picture):
        arguments, wall = (*arguments, FILM_CPU_SECONDS), FILM_WALL_SECONDS
    try:
        told, _ = asked_aside("detectors.worker", arguments, picture, seconds=wall)
    except NoAnswer as error:
        raise DetectorUnavailable(
            "The detectors stopped or took too long over this picture.", passing=True
        ) from error
    if "unavailable" in told:
        raise DetectorUnavailable(str(told["unavailable"]), passing=False)
    seen = tuple(
        Sight(str(one["kind"]), Box(**one["box"]), float(one["sure"]), str(one["text"]), one.get("at"))
        for one in told["seen"]
    )
    return Looked(seen, {str(name): str(version) for name, version in told["detectors"].items()})
