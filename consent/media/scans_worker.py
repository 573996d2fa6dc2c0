"""Runs on its own, outside Django: one file on standard input; a line of JSON and its pages as new JPEGs come out.

Started by `scans.read_pages` within the limits of `pixels_worker`. A file is a PDF or a picture by its content, never
by its name; every page is decoded, read for QR codes, and made anew from its pixels, so that nothing else comes along.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image

from consent.media.pixels_worker import Refused, jpeg, limit, opened, upright

# Codes are looked for in more pixels than are kept: a module of the code is 0.6 mm wide on the paper.
LOOKED_AT, LOOKED_AT_FOR_LONG = 2400, 3600
POINTS_LONGEST = 20_000
QR = zxingcpp.barcode_formats_from_str("QRCode")


def pages_of(data: bytes, max_pixels: int, max_pages: int) -> Iterator[Image.Image]:
    """Each page as a picture, upright as far as the file says. Raises `Refused`."""
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        yield upright(opened(data, max_pixels), LOOKED_AT_FOR_LONG)
        return
    document = opened_pdf(data)
    if len(document) > max_pages:
        raise Refused("too_many_pages", pages=len(document), limit=max_pages)
    for number in range(len(document)):
        page = document[number]
        longest = max(page.get_size())
        if not 0 < longest < POINTS_LONGEST:
            raise Refused("damaged")
        yield page.render(scale=LOOKED_AT_FOR_LONG / longest).to_pil().convert("RGB")
        page.close()


def opened_pdf(data: bytes) -> Any:
    """The PDF, opened; what is locked by a password says so."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if "password" in str(error).lower() else "damaged") from error
    if not len(document):
        raise Refused("damaged")
    return document


def codes_on(page: Image.Image) -> list[str]:
    """The texts of the QR codes on the page, whichever way it lies: a look that finds one is enough."""
    grey = page.convert("L")
    for longest in (LOOKED_AT, LOOKED_AT_FOR_LONG):
        looked_at = grey.copy()
        looked_at.thumbnail((longest, longest), Image.Resampling.BILINEAR)
        for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
            found = zxingcpp.read_barcodes(looked_at, formats=QR, binarizer=binarizer)
            if found:
                return [one.text[:80] for one in found[:8]]
    return []


def read(
    data: bytes, max_pixels: int, long_side: int, quality: int, max_pages: int
) -> tuple[dict[str, Any], bytes]:
    """What stands on each page, and the pages made anew, one behind the other."""
    told: list[dict[str, Any]] = []
    made = []
    for page in pages_of(data, max_pixels, max_pages):
        codes = codes_on(page)
        page.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
        made.append(jpeg(page, quality))
        told.append({"size": len(made[-1]), "width": page.width, "height": page.height, "codes": codes})
    return {"pages": told}, b"".join(made)


def answer(data: bytes, measures: list[int]) -> tuple[dict[str, Any], bytes]:
    """`read`, with every way in which a file can be bad turned into a refusal."""
    try:
        return read(data, *measures)
    except Refused as refused:
        return refused.told, b""
    except (MemoryError, Image.DecompressionBombError):
        return Refused("too_hard").told, b""
    except (OSError, ValueError, SyntaxError, LookupError, TypeError, OverflowError, RuntimeError):
        return Refused("damaged").told, b""


def main() -> None:
    """Answer once, with this process's own rights taken away before it looks at a byte of the file."""
    limit()
    told, pages = answer(sys.stdin.buffer.read(), [int(measure) for measure in sys.argv[1:]])
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + pages)
