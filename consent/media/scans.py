"""The one way from a scan or a photograph of paper to its pages: decoded by a process of its own, within limits."""

from dataclasses import dataclass

from .aside import NoAnswer, asked_aside
from .rules import MAX_PIXELS, MAX_SCAN_BYTES, MAX_SCAN_PAGES, PictureRefused, also, kind_refused

WALL_SECONDS = 60
LONG_SIDE, QUALITY = 2000, 80


@dataclass(frozen=True)
class PageRead:
    """A page made anew from its pixels, and the texts of the QR codes that stand on it."""

    jpeg: bytes
    width: int
    height: int
    codes: tuple[str, ...]


def read_pages(data: bytes) -> list[PageRead]:
    """The pages of a scan (PDF, JPEG, PNG or WebP), in their order (R74).

    Raises `PictureRefused` with a sentence for whoever sent the file.
    """
    if not data:
        raise PictureRefused("empty")
    if len(data) > MAX_SCAN_BYTES:
        raise PictureRefused("scan_too_large", limit=MAX_SCAN_BYTES // 1024 // 1024)
    measures = (MAX_PIXELS, LONG_SIDE, QUALITY, MAX_SCAN_PAGES)
    try:
        told, made = asked_aside("scans_worker", measures, data, seconds=WALL_SECONDS)
    except NoAnswer as error:
        raise PictureRefused("too_hard") from error
    if "refused" in told:
        code = str(told["refused"])
        code = kind_refused(data) if code == "not_a_picture" else code
        raise PictureRefused("not_a_scan" if code == "not_a_picture" else code, **told["said"])
    if not data.startswith(b"%PDF-") and (what := also(data)):
        raise PictureRefused("two_in_one", what=what)
    pages, start = [], 0
    for one in told["pages"]:
        end = start + int(one["size"])
        pages.append(
            PageRead(made[start:end], int(one["width"]), int(one["height"]), tuple(map(str, one["codes"])))
        )
        start = end
    return pages
