"""Small pictures drawn with a few shapes: gardens, fruit, figures without faces."""

import io
import random
from collections.abc import Callable
from itertools import pairwise

from PIL import Image, ImageDraw

WIDE, HIGH = 960, 720
Pen = ImageDraw.ImageDraw
Colour = tuple[int, int, int]

SKY: Colour = (196, 222, 232)
DUSK: Colour = (236, 214, 190)
HILL: Colour = (126, 164, 122)
MEADOW: Colour = (163, 190, 118)
EARTH: Colour = (150, 117, 90)
SKIN: tuple[Colour, ...] = ((232, 190, 160), (164, 116, 84), (112, 78, 58))
CLOTHES: tuple[Colour, ...] = ((29, 92, 87), (155, 92, 60), (75, 61, 134), (196, 120, 90))


def drawn(name: str) -> bytes:
    """The picture called `name`, as a PNG; the same name gives the same picture."""
    image = Image.new("RGB", (WIDE, HIGH), SKY)
    SCENES[name](ImageDraw.Draw(image), random.Random(name))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _garden(pen: Pen, chance: random.Random) -> None:
    _land(pen, SKY)
    for _ in range(140):
        x, y = chance.randrange(WIDE), chance.randrange(430, HIGH)
        colour = chance.choice(((214, 92, 92), (240, 200, 90), (150, 110, 190), (250, 250, 245)))
        pen.line((x, y, x, y + 26), fill=(86, 128, 74), width=4)
        pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=colour)


def _apples(pen: Pen, chance: random.Random) -> None:
    pen.rectangle((0, 0, WIDE, HIGH), fill=(240, 233, 220))
    pen.ellipse((150, 300, 810, 660), fill=(176, 140, 104))
    for _ in range(16):
        x, y = chance.randrange(230, 700), chance.randrange(260, 480)
        pen.ellipse(
            (x, y, x + 110, y + 104), fill=chance.choice(((186, 60, 56), (150, 178, 70), (224, 176, 70)))
        )
        pen.line((x + 55, y + 6, x + 62, y - 18), fill=EARTH, width=6)


def _river(pen: Pen, chance: random.Random) -> None:
    _land(pen, DUSK)
    bends = [(chance.randrange(360, 600), y) for y in range(400, HIGH + 60, 60)]
    for (x, y), (next_x, next_y) in pairwise(bends):
        pen.line((x, y, next_x, next_y), fill=(120, 164, 184), width=110)
        pen.ellipse((x - 55, y - 55, x + 55, y + 55), fill=(120, 164, 184))


def _figures(number: int) -> Callable[[Pen, random.Random], None]:
    """So many people in the garden, seen as shapes."""

    def scene(pen: Pen, chance: random.Random) -> None:
        _garden(pen, chance)
        for place in range(number):
            _figure(pen, chance, WIDE * (place + 1) // (number + 1))

    return scene


def _figure(pen: Pen, chance: random.Random, x: int) -> None:
    clothes, skin = chance.choice(CLOTHES), chance.choice(SKIN)
    pen.rounded_rectangle((x - 90, 330, x + 90, HIGH), radius=80, fill=clothes)
    pen.ellipse((x - 62, 190, x + 62, 322), fill=skin)
    pen.pieslice(
        (x - 68, 176, x + 68, 312), 180, 360, fill=chance.choice(((60, 44, 36), (120, 84, 50), (30, 30, 34)))
    )


def _land(pen: Pen, sky: Colour) -> None:
    pen.rectangle((0, 0, WIDE, HIGH), fill=sky)
    pen.ellipse((720, 70, 840, 190), fill=(246, 214, 120))
    pen.ellipse((-200, 260, 620, 900), fill=HILL)
    pen.ellipse((360, 320, 1240, 980), fill=MEADOW)


SCENES: dict[str, Callable[[Pen, random.Random], None]] = {
    "garden": _garden,
    "apples": _apples,
    "river": _river,
    **{name: _figures(1) for name in ("rosa", "nora", "maria", "wendy", "liam", "paula")},
}
