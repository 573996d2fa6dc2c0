"""Which characters our fonts can draw, asked before anybody signs; the same question as the layout's own (PDF/A)."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from .render import FONTS

WITHOUT_GLYPH = {"Cc", "Cf", "Zl", "Zp"}  # controls and marks of direction are not drawn


def undrawable(text: str) -> str:
    """The characters of `text` that no font for documents can draw, each once; empty while no font is installed."""
    drawn = _drawn()
    if not drawn:
        return ""  # making the document will say that the fonts are missing
    lacking = {
        one for one in text if ord(one) not in drawn and unicodedata.category(one) not in WITHOUT_GLYPH
    }
    return "".join(sorted(lacking))


def _drawn() -> frozenset[int]:
    """What the fonts draw, read once; asked again while there are none, since they may be installed meanwhile."""
    found = _drawn_by(FONTS)
    if not found:
        _drawn_by.cache_clear()
    return found


@lru_cache(maxsize=4)
def _drawn_by(folders: tuple[Path, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for file in (file for folder in folders for file in sorted(folder.glob("*Regular.ttf"))):
        with TTFont(file, lazy=True) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)
