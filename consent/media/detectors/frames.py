"""The frames of a video that are looked at: one a second, and the first of every scene. No Django."""

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops, ImageStat

MOST = 100
# How much lighter or darker, of 255, a small grey copy is in the mean when the scene has changed.
CUT = 28
SMALL = (32, 18)


def frames_of(data: bytes) -> Iterator[tuple[int, Image.Image]]:
    """After how many seconds, and the frame; at most `MOST`, the seconds before the scenes."""
    import av

    film: Any = av.open(io.BytesIO(data), format="mp4", metadata_errors="ignore")
    due, before, cuts = 0.0, None, 0
    for frame in film.decode(video=0):
        at = float(frame.time or 0.0)
        small = frame.to_image(width=SMALL[0], height=SMALL[1]).convert("L")
        is_cut = before is not None and _change(before, small) > CUT and cuts < MOST - 61
        before = small
        if at + 1e-6 >= due or is_cut:
            cuts += is_cut
            due = max(due, int(at) + 1.0)
            yield int(at), frame.to_image()


def _change(one: Image.Image, other: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])
