"""Runs on its own, outside Django: a picture on standard input; a line of JSON with what was seen comes out.

Started by `sight.looked_at`. The models are read first; then the process takes its own rights away, and only then
looks at a byte of the picture. Nothing seen means that every detector ran; otherwise it says why one could not.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from consent.media.pixels_worker import Refused, limit, opened, upright

from .codes import Codes
from .faces import Faces
from .frames import frames_of
from .letters import Letters
from .sights import NotThere, Sight, same_place

MEMORY_BYTES = 3 * 1024 * 1024 * 1024
CPU_SECONDS = 150


def detectors(model: str, sha256: str) -> dict[str, Any]:
    """Everything that looks, by what it looks for. Raises `NotThere`."""
    return {"faces": Faces(model, sha256), "text": Letters(), "codes": Codes()}


def look(data: bytes, max_pixels: int, long_side: int, every: dict[str, Callable[[Any], list[Sight]]]) -> Any:
    """What each detector sees in the picture, and which detectors those were."""
    if data[4:8] == b"ftyp":
        seen = look_through(data, every)
    else:
        picture = upright(opened(data, max_pixels), long_side)
        seen = [asdict(sight) for detector in every.values() for sight in detector(picture)]
    return {"seen": seen, "detectors": {name: getattr(one, "version", "") for name, one in every.items()}}


def look_through(data: bytes, every: dict[str, Callable[[Any], list[Sight]]]) -> list[dict[str, Any]]:
    """What is seen in the frames of a video; what stays at its place from frame to frame is told once."""
    told: list[dict[str, Any]] = []
    before: list[Sight] = []
    for at, frame in frames_of(data):
        now = [sight for detector in every.values() for sight in detector(frame)]
        new = [one for one in now if not any(_stays(one, other) for other in before)]
        told += [asdict(one) | {"at": at} for one in new]
        before = now
    return told


def _stays(one: Sight, other: Sight) -> bool:
    """Whether both are of one kind and at one place; who it is, nobody compares (R41)."""
    return one.kind == other.kind and same_place(one.box, other.box) and one.text == other.text


def answer(read: Callable[[], bytes], arguments: list[str]) -> dict[str, Any]:
    """`look`, with everything that can go wrong turned into a reason why nobody has looked."""
    max_pixels, long_side, model, sha256, *longer = arguments
    try:
        every = detectors(model, sha256)
        limit(MEMORY_BYTES, int(longer[0]) if longer else CPU_SECONDS)
        told: dict[str, Any] = look(read(), int(max_pixels), int(long_side), every)
    except NotThere as error:
        return {"unavailable": str(error)}
    except Refused:
        return {"unavailable": "The picture could not be opened for the detectors."}
    return told


def main() -> None:
    """Answer once. Whatever else fails ends the process, which counts as nobody having looked."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # whatever a library prints is no part of the answer
        out.write(json.dumps(answer(sys.stdin.buffer.read, sys.argv[1:])).encode() + b"\n")
