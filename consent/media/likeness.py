"""Whether two pictures are copies of one: scaled, saved anew, brightened, mirrored, or a little cut. No Django.

A likeness is made of a whole picture and of windows in it, and says nothing about who is in it (R41). It is text: a
coarse part, as the first pictures here have it alone, then a finer one for each window, the whole picture first.

Measured: copies of 12 photographs, scaled, saved anew, brightened or with up to 10 % of one side cut off, differed in
at most 28 of 144 bits; 4,040 pairs of parts of 10 different photographs in at least 34. A tenth off every side is
mostly missed.
"""

from collections.abc import Iterator
from functools import cached_property

COARSE, FINE = 8, 12  # cells a side
COARSE_HEX, FINE_HEX = COARSE * COARSE // 4, FINE * FINE // 4
# Likenesses of copies differ in no more bits.
ALIKE_COARSE, ALIKE_FINE = 6, 28
# Fewer bits than this part, or all but as many, say nothing: a plain ground looks like every other.
TELLING = 8
_CUT = 0.1
_ROW = (1 << FINE) - 1
_REVERSED = [int(f"{row:0{FINE}b}"[::-1], 2) for row in range(1 << FINE)]


def windows() -> Iterator[tuple[float, float, float, float]]:
    """What is left out on the left, top, right and bottom, as parts of a side: nothing, then a tenth here and there."""
    for wide in (0.0, _CUT):
        for high in (0.0, _CUT):
            for x in (0.0, 0.5, 1.0) if wide else (0.0,):
                for y in (0.0, 0.5, 1.0) if high else (0.0,):
                    yield wide * x, high * y, wide * (1 - x), high * (1 - y)


class Likeness:
    """One picture's, read once and compared with many."""

    def __init__(self, text: str) -> None:
        self._coarse = int(text[:COARSE_HEX] or "0", 16)
        fine = [
            int(text[start : start + FINE_HEX], 16)
            for start in range(COARSE_HEX, len(text) - FINE_HEX + 1, FINE_HEX)
        ]
        self._whole = [one for one in fine[:1] if _tells(one, FINE)]
        self._windows = [one for one in fine if _tells(one, FINE)]

    @cached_property
    def _both_ways(self) -> tuple[list[int], list[int]]:
        """The whole and the windows, each with its mirror image."""
        whole, parts = self._whole, self._windows
        return whole + [mirrored(one) for one in whole], parts + [mirrored(one) for one in parts]

    def alike(self, other: "Likeness") -> bool:
        """Whether they are those of copies of one picture, or one is a part of the other, mirrored or not."""
        if _near(self._coarse, other._coarse, ALIKE_COARSE) and _tells(self._coarse, COARSE):
            return _tells(other._coarse, COARSE)
        whole, parts = self._both_ways
        return _any_near(whole, other._windows) or _any_near(other._whole, parts)


def alike(one: str, other: str) -> bool:
    """Whether two likenesses are those of copies of one picture."""
    return Likeness(one).alike(Likeness(other))


def mirrored(fine: int) -> int:
    """The bits of the mirror image: each row backwards, and dark grows where it grew lighter."""
    made = 0
    for row in range(FINE):
        made |= (_REVERSED[fine >> (FINE * row) & _ROW] ^ _ROW) << (FINE * row)
    return made


def _any_near(some: list[int], others: list[int]) -> bool:
    return any((one ^ other).bit_count() <= ALIKE_FINE for one in some for other in others)


def _near(one: int, other: int, bits: int) -> bool:
    return (one ^ other).bit_count() <= bits


def _tells(bits: int, side: int) -> bool:
    """Whether there is enough light and dark in it to tell it from others."""
    least = side * side // TELLING
    return least <= bits.bit_count() <= side * side - least
