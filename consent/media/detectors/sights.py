"""What a detector saw: a box on the picture, what stands in it, how sure it is. No Django."""

from dataclasses import dataclass

FACE, TEXT, CODE = "face", "text", "code"
KINDS = (FACE, TEXT, CODE)


class NotThere(Exception):
    """A detector cannot run; the message is for whoever runs the house."""


@dataclass(frozen=True)
class Box:
    """Where, in pixels of the picture."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, part: float, wide: int, high: int) -> "Box":
        """The box larger by `part` of its size on every side, within a picture `wide` by `high`."""
        by_x, by_y = round(self.width * part), round(self.height * part)
        return bounded(
            self.x - by_x, self.y - by_y, self.width + 2 * by_x, self.height + 2 * by_y, wide, high
        )


@dataclass(frozen=True)
class Sight:
    """One thing seen; `text` is what was read in it, empty if nothing could be read; `at` the second of a video."""

    kind: str
    box: Box
    sure: float
    text: str = ""
    at: int | None = None


def bounded(x: float, y: float, width: float, height: float, wide: int, high: int) -> Box:
    """A box within a picture `wide` by `high`, at least one pixel large."""
    left, top = min(max(0, int(x)), wide - 1), min(max(0, int(y)), high - 1)
    right, bottom = min(wide, round(x + width)), min(high, round(y + height))
    return Box(left, top, max(1, right - left), max(1, bottom - top))


def same_place(one: Box, other: Box) -> bool:
    """Whether two boxes are of one thing: they share more than half of what both fill."""
    shared = shared_by(one, other)
    return 2 * shared > one.width * one.height + other.width * other.height - shared


def shared_by(one: Box, other: Box) -> int:
    """How many pixels lie in both boxes."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0, wide) * max(0, high)
