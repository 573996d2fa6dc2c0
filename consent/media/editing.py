"""Cover places of a rendition and cut it: by a process of its own, from rectangles."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from .aside import NoAnswer, asked_aside
from .detectors.sights import Box
from .rules import MAX_PIXELS, QUALITY, SMALL_SIDE, PictureRefused

WALL_SECONDS = 30


@dataclass(frozen=True)
class Retouched:
    """The new picture in two sizes."""

    picture: bytes
    small: bytes
    width: int
    height: int
    likeness: str


def retouched(data: bytes, covers: Sequence[Box], crop: Box | None, *, soft: bool = False) -> Retouched:
    """The rendition in `data` with the places filled (`soft`: with five cells a side), then cut.

    Raises `PictureRefused`.
    """
    places = json.dumps(
        {
            "covers": [astuple(one) for one in covers],
            "crop": astuple(crop) if crop else None,
            "soft": soft,
        }
    )
    try:
        told, made = asked_aside(
            "editing_worker", (MAX_PIXELS, SMALL_SIDE, QUALITY, places), data, seconds=WALL_SECONDS
        )
    except NoAnswer as error:
        raise PictureRefused("too_hard") from error
    if "refused" in told:
        raise PictureRefused(str(told["refused"]), **told["said"])
    size = int(told["large"])
    return Retouched(made[:size], made[size:], int(told["width"]), int(told["height"]), str(told["likeness"]))
