"""Paper for tests: forms printed by the real action, then filled in, scanned and photographed by drawing."""

import io
import secrets
from collections.abc import Sequence
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from consent.access.models import User
from consent.evidence.pages import pdf_of_pages
from consent.evidence.render import render_pdf
from consent.media.scans import PageRead
from consent.paper.actions import keep_scans, key_form, print_form
from consent.paper.models import Printing, Scan
from consent.paper.queries import blank_digest, blank_now, printed_again
from consent.paper.rules import Keyed, code_text, new_number
from consent.signing.models import Ceremony
from consent.signing.queries import fields_as_json
from tests.cast import NOW, Cast, by
from tests.ceremonies import ENDS_ON, prepared

BACK_ON = NOW


def printed(cast: Cast, ceremony: Ceremony | None = None) -> Printing:
    """Finn prints the form."""
    return print_form(ceremony=ceremony or prepared(cast), by=by(cast.finn), at=NOW)


def given_printing(cast: Cast, ceremony: Ceremony | None = None, pages: int = 2) -> Printing:
    """A printed form without the printing: its row, for what needs no pixels."""
    ceremony = ceremony or prepared(cast)
    filled = blank_now(ceremony, NOW)
    Ceremony.objects.filter(pk=ceremony.pk).update(state="paper")
    return Printing.objects.create(
        practice=cast.practice,
        ceremony=ceremony,
        number=new_number(secrets.choice),
        filled=fields_as_json(filled),
        text_sha256=blank_digest(ceremony, filled),
        pages=pages,
        printed_at=NOW,
        printed_by=cast.finn,
    )


def sheets(printing: Printing, dpi: int = 150) -> list[Image.Image]:
    """The printed pages as a printer lays them down."""
    return pages_of(render_pdf(printed_again(printing)), dpi)


def pages_of(form: bytes, dpi: int = 150) -> list[Image.Image]:
    """The pages of a PDF as a printer lays them down."""
    document = pypdfium2.PdfDocument(form)
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def jpeg(image: Image.Image, quality: int = 70) -> bytes:
    """A photograph's file."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def scanned(pages: Sequence[Image.Image]) -> bytes:
    """A scanner's file: one PDF of all pages."""
    return pdf_of_pages([(jpeg(page), page.width, page.height) for page in pages])[0]


def photographed(page: Image.Image, *, turn: float = 7, quality: int = 60) -> Image.Image:
    """The page on a table, seen from the side, turned, a little blurred and grainy, in warm light."""
    page = page.convert("RGB")
    width, height = page.size
    lean = int(width * 0.10)
    quad = (
        -lean,
        -lean // 2,
        lean // 3,
        height + lean // 2,
        width - lean // 4,
        height + lean,
        width + lean,
        -lean,
    )
    page = page.transform(
        page.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=(90, 70, 50)
    )
    page = page.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 70, 50))
    page = page.filter(ImageFilter.GaussianBlur(0.8))
    noise = Image.effect_noise(page.size, 36).convert("RGB")
    page = Image.blend(page, noise, 0.12)
    return Image.blend(page, Image.new("RGB", page.size, (255, 214, 160)), 0.18)


def without_code(page: Image.Image) -> Image.Image:
    """The page with a coffee stain where its code is."""
    page = page.copy()
    ImageDraw.Draw(page).rectangle((page.width * 0.6, 0, page.width, page.height * 0.16), fill=(120, 80, 40))
    return page


def read(printing: Printing, *numbers: int) -> list[PageRead]:
    """Pages as the reading gives them, without drawing them: for what does not need pixels. 0: no readable code."""
    dots = [Image.new("RGB", (17, 22), (number * 9, printing.pk % 250, 200)) for number in numbers]
    return [
        PageRead(jpeg(dot), 17, 22, (code_text(printing.number, number),) if number else ())
        for dot, number in zip(dots, numbers, strict=True)
    ]


def came_back(cast: Cast, printing: Printing | None = None, *, pages: Sequence[int] | None = None) -> Scan:
    """Finn scanned it, every page unless told otherwise."""
    printing = printing or printed(cast)
    numbers = pages if pages is not None else range(1, printing.pages + 1)
    kept = keep_scans(practice=cast.practice, pages=read(printing, *numbers), by=by(cast.finn), at=BACK_ON)
    return Scan.objects.select_related(
        "document", "practice", "printing__ceremony__practice", "printing__ceremony__wording__template"
    ).get(pk=kept.scans[0].pk)


def written(**instead: Any) -> Keyed:
    """What Ana wrote on the paper, unless told otherwise."""
    usual: dict[str, Any] = {
        "ticks": {
            "elements": frozenset({"first_name", "face"}),
            "platforms": frozenset({"website", "instagram"}),
            "formats": frozenset({"post"}),
            "only_this_post": frozenset({"several"}),
            "purposes": frozenset({"testimonial"}),
        },
        "ends_on": ENDS_ON,
        "is_signed": True,
        "signed_on": NOW.date(),
        "name": "Ana Ruiz",
    }
    return Keyed(**{**usual, **instead})


def keyed(cast: Cast, scan: Scan, who: User | None = None, **instead: Any) -> Any:
    """Somebody keys it; Finn unless told otherwise."""
    return key_form(scan=scan, keyed=written(**instead), by=by(who or cast.finn), at=NOW)
