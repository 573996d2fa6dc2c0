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
from .letters import Letters
from .sights import NotThere, Sight

MEMORY_BYTES = 3 * 1024 * 1024 * 1024
CPU_SECONDS = 150


def detectors(model: str, sha256: str) -> dict[str, Any]:
    """Everything that looks, by what it looks for. Raises `NotThere`."""
    return {"faces": Faces(model, sha256), "text": Letters(), "codes": Codes()}


def look(data: bytes, max_pixels: int, long_side: int, every: dict[str, Callable[[Any], list[Sight]]]) -> Any:
    """What each detector sees in the picture, and which detectors those were."""
    picture = upright(opened(data, max_pixels), long_side)
    seen = [asdict(sight) for detector in every.values() for sight in detector(picture)]
    return {"seen": seen, "detectors": {name: getattr(one, "version", "") for name, one in every.items()}}


def answer(read: Callable[[], bytes], arguments: list[str]) -> dict[str, Any]:
    """`look`, with everything that can go wrong turned into a reason why nobody has looked."""
    max_pixels, long_side, model, sha256 = arguments
    try:
        every = detectors(model, sha256)
        limit(MEMORY_BYTES, CPU_SECONDS)
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
