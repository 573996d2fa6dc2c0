"""Where QR and bar codes are, and what they say: wristbands, labels, forms."""

import importlib.metadata
from typing import Any

import zxingcpp
from PIL import Image

from .sights import CODE, Sight, bounded

MOST, LONGEST = 50, 500


class Codes:
    """The reader of codes."""

    def __init__(self) -> None:
        self.version = f"zxing-cpp {importlib.metadata.version('zxing-cpp')}"

    def __call__(self, image: Image.Image) -> list[Sight]:
        """The codes in a picture."""
        return [_sight(one, *image.size) for one in zxingcpp.read_barcodes(image)[:MOST]]


def _sight(one: Any, wide: int, high: int) -> Sight:
    """A code, with the box around its corners."""
    place = one.position
    corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
    left, top = min(corner.x for corner in corners), min(corner.y for corner in corners)
    right, bottom = max(corner.x for corner in corners), max(corner.y for corner in corners)
    return Sight(CODE, bounded(left, top, right - left, bottom - top, wide, high), 1.0, one.text[:LONGEST])
