"""How well faces and text are found in your photographs: ``python -m tests.bench.pictures PHOTO…`` (extra `images`).

What is found in a photograph as it is counts as its faces: look at those yourself. Each photograph is then turned, and
those that are found again are counted. Time and memory are those of the whole look in a process of its own.
"""

import math
import os
import resource
import sys
import time
from pathlib import Path

from PIL import Image

TURNS = (20, 30, 45, 90, 180)
NEAR = 0.4
LONGEST = 1400


def turned(
    image: Image.Image, angle: int, points: list[tuple[float, float]]
) -> tuple[Image.Image, list[tuple[float, float]]]:
    """The picture turned left by `angle` degrees, and where its points are then."""
    made = image.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(120, 120, 120))
    part = math.radians(angle)
    moved = []
    for x, y in points:
        dx, dy = x - image.width / 2, y - image.height / 2
        moved.append(
            (
                made.width / 2 + dx * math.cos(part) + dy * math.sin(part),
                made.height / 2 - dx * math.sin(part) + dy * math.cos(part),
            )
        )
    return made, moved


def main(photos: list[str]) -> None:
    """Print a line for each photograph and one for each angle."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from consent.media.detectors.faces import Faces
    from consent.media.sight import looked_at

    faces = Faces("", "")
    found = {angle: [0, 0, 0] for angle in TURNS}
    for photo in photos:
        began = time.monotonic()
        counts = [one.kind for one in looked_at(Path(photo).read_bytes()).seen]
        told = ", ".join(f"{counts.count(kind)} {kind}" for kind in ("face", "text", "code"))
        print(f"{Path(photo).name:<28} {told:<28} {time.monotonic() - began:5.1f} s")
        image = Image.open(photo).convert("RGB")
        image.thumbnail((LONGEST, LONGEST))
        upright = faces(image)
        points = [one.box.middle for one in upright]
        for angle in (sign * turn for turn in TURNS for sign in ((1, -1) if turn < 90 else (1,))):
            made, moved = turned(image, angle, points)
            seen = faces(made)
            again = sum(
                any(
                    math.dist(one.box.middle, place) < NEAR * max(face.box.width, face.box.height)
                    for one in seen
                )
                for place, face in zip(moved, upright, strict=True)
            )
            for number, value in enumerate((again, len(upright), max(0, len(seen) - again))):
                found[abs(angle)][number] += value
    for angle, (again, there, more) in found.items():
        print(f"turned {angle:>3} degrees: {again} of {there} found again, {more} more")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"memory of a look: at most {memory} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
