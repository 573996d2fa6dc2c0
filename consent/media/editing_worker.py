"""Runs on its own, outside Django: a rendition on standard input; a line of JSON, then the retouched pictures.

Started by `editing.retouched`. A place is covered by filling it with one colour: nothing of what was there is left in
the pixels; or, softer, by at most five cells a side, each of the middle colour of what was there (R39). The new picture
is made from pixels alone, as every rendition is.
"""

import json
import sys
from typing import Any

from PIL import Image, ImageDraw

from consent.media.pixels_worker import Refused, jpeg, likeness, limit, opened, upright

FILL = (43, 48, 56)
CELLS = 5


def retouch(
    image: Image.Image, covers: list[list[int]], crop: list[int] | None, *, soft: bool
) -> Image.Image:
    """The picture with the places (x, y, width, height) filled, then cut to `crop`."""
    draw = ImageDraw.Draw(image)
    for x, y, width, height in covers:
        if soft:
            image.paste(cells(image.crop((x, y, x + width, y + height))), (x, y))
        else:
            draw.rectangle((x, y, x + width - 1, y + height - 1), fill=FILL)
    if crop is None:
        return image
    x, y, width, height = crop
    return image.crop((x, y, x + width, y + height))


def cells(place: Image.Image) -> Image.Image:
    """What is left of a place in at most five cells a side; the pixels between them are gone."""
    few = tuple(max(1, round(CELLS * side / max(place.size))) for side in place.size)
    return place.resize(few, Image.Resampling.BOX).resize(place.size, Image.Resampling.NEAREST)


def made(data: bytes, told: str, measures: list[int]) -> tuple[dict[str, Any], bytes]:
    """What was made, and the new pictures, the large one first."""
    max_pixels, small_side, quality = measures
    places = json.loads(told)
    picture = opened(data, max_pixels)
    image = retouch(
        upright(picture, max(picture.size)), places["covers"], places["crop"], soft=places["soft"]
    )
    large = jpeg(image, quality)
    width, height = image.size
    alike = likeness(image)
    image.thumbnail((small_side, small_side), Image.Resampling.LANCZOS)
    return {"width": width, "height": height, "large": len(large), "likeness": alike}, large + jpeg(
        image, quality
    )


def main() -> None:
    """Answer once, with this process's own rights taken away before it looks at a byte of the file."""
    limit()
    *measures, places = sys.argv[1:]
    try:
        told, pictures = made(sys.stdin.buffer.read(), places, [int(measure) for measure in measures])
    except Refused as refused:
        told, pictures = refused.told, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + pictures)
