"""The pages of a scan: found by their codes however they were photographed, and made anew from pixels (R74)."""

import io

import pypdfium2
import pytest
from PIL import Image

from consent.evidence.pages import page_count, pdf_of_pages
from consent.evidence.render import render_pdf
from consent.media.rules import PictureRefused
from consent.media.scans import read_pages
from consent.paper.queries import printed_again
from consent.paper.rules import code_text
from tests.papers import jpeg, photographed, printed, scanned, sheets, without_code


def code(printing, page):
    return (code_text(printing.number, page),)


class TestAPrintedForm:
    def test_says_its_number_and_page_on_every_sheet(self, cast):
        printing = printed(cast)
        pdf = render_pdf(printed_again(printing))
        shown = f"{printing.number[:4]}-{printing.number[4:]}"
        document = pypdfium2.PdfDocument(pdf)
        assert page_count(pdf) == printing.pages > 1
        for number, page in enumerate(document, start=1):
            text = page.get_textpage().get_text_bounded()
            assert f"Request {shown}" in text
            assert f"Page {number} of {printing.pages}" in text

    def test_has_lines_to_write_on(self, cast):
        document = pypdfium2.PdfDocument(render_pdf(printed_again(printed(cast))))
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
        assert "no date was chosen" not in text
        assert "Name in print letters" in text

    def test_is_the_same_page_when_it_is_printed_again(self, cast):
        printing = printed(cast)
        assert printed(cast, printing.ceremony) == printing
        assert render_pdf(printed_again(printing)) == render_pdf(printed_again(printing))


class TestItsPages:
    def test_are_read_from_a_scanned_pdf(self, cast):
        printing = printed(cast)
        pages = read_pages(scanned(sheets(printing)))
        assert [page.codes for page in pages] == [code(printing, n) for n in range(1, printing.pages + 1)]

    @pytest.mark.parametrize("turn", [-8, 4, 95, 184, 270])
    def test_are_read_from_a_telephone_however_it_was_held(self, cast, turn):
        printing = printed(cast)
        for number, sheet in enumerate(sheets(printing, dpi=170)[:2], start=1):
            (page,) = read_pages(jpeg(photographed(sheet, turn=turn)))
            assert page.codes == code(printing, number)

    def test_are_made_anew_so_that_nothing_else_comes_along(self, cast):
        photograph, exif = io.BytesIO(), Image.Exif()
        exif[0x010E] = "at home"
        Image.new("RGB", (60, 80), "white").save(photograph, "JPEG", exif=exif)
        (page,) = read_pages(photograph.getvalue())
        assert b"at home" not in page.jpeg
        assert Image.open(io.BytesIO(page.jpeg)).size == (page.width, page.height)

    def test_without_a_readable_code_are_there_all_the_same(self, cast):
        printing = printed(cast)
        first, second, *_ = sheets(printing)
        pages = read_pages(scanned([without_code(first), second]))
        assert [page.codes for page in pages] == [(), code(printing, 2)]

    def test_lie_in_one_pdf_as_they_are(self):
        pages = [(jpeg(Image.new("RGB", (170, 220), colour)), 170, 220) for colour in ("red", "blue")]
        pdf, starts = pdf_of_pages(pages)
        assert [
            pdf[start : start + len(page)] for start, (page, _, _) in zip(starts, pages, strict=True)
        ] == [page for page, _, _ in pages]
        assert page_count(pdf) == 2
        assert pypdfium2.PdfDocument(pdf)[1].render().to_pil().getpixel((50, 50))[2] > 200
        assert pdf_of_pages(pages) == (pdf, starts)


class TestAFileThatIsNoScan:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "This file is empty."),
            (b"hello", "This is no scan that Postern can open."),
            (b"%PDF-1.7 and nothing more", "damaged"),
            (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC picture cannot be opened here"),
            (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
        ],
    )
    def test_is_refused_with_a_sentence(self, data, sentence):
        with pytest.raises(PictureRefused, match=sentence):
            read_pages(data)

    def test_is_refused_if_it_is_a_book(self):
        dot = jpeg(Image.new("RGB", (10, 10)))
        with pytest.raises(PictureRefused, match="41 pages, more than 40"):
            read_pages(pdf_of_pages([(dot, 10, 10)] * 41)[0])
