"""A form on paper before anybody has marked anything: its page, and how large its smallest words really are."""

import ctypes
import math
from functools import lru_cache

import pypdfium2
import pypdfium2.raw as pdfium
from django.template.loader import render_to_string

from consent.access.models import Practice
from consent.access.queries import locations
from consent.evidence.render import RenderFailed, render_pdf

from .rules import FilledForm, Flaw, FormContent, rendered_sections

LEAST_POINTS = 14
FOOT_MM = 22  # the margin with page number and practice, which is no part of the form
_MM = 72 / 25.4
_WHITE = 255
_TOLERANCE = 0.05
_CITATION = "Cal. Civ. Code 56.11"


def blank(practice: Practice) -> FilledForm:
    """Nothing marked, nobody named: the fields that the practice itself fills in."""
    contact = (practice.privacy_officer, practice.address, practice.privacy_email)
    return FilledForm(
        clinic=practice.name,
        locations=", ".join(place.name for place in locations(practice)),
        privacy_officer=", ".join(part for part in contact if part),
        person_name="",
    )


def paper(content: FormContent, practice: Practice) -> bytes:
    """The form as the front desk prints it, empty: the template of the ceremony. Raises `RenderFailed`."""
    return render_pdf(_page(content, practice))


def print_flaws(content: FormContent, practice: Practice) -> list[Flaw]:
    """What is wrong with the printed form: nothing, too small a type, or that it could not be made (R75)."""
    try:
        points = _points(_page(content, practice))
    except RenderFailed as failure:
        said = f"It could not be printed, so nobody can say how large its type is. {failure}"
        return [Flaw("", "", said, _CITATION)]
    if points < LEAST_POINTS - _TOLERANCE:
        said = f"Its smallest words are {points:.1f} points on paper, and {LEAST_POINTS} is the least."
        return [Flaw("", "", said, _CITATION)]
    return []


def _page(content: FormContent, practice: Practice) -> str:
    sections = rendered_sections(content, blank(practice))
    page = {"form": content, "sections": sections, "practice": practice}
    return render_to_string("wording/blank_document.html", page)


@lru_cache(maxsize=32)
def _points(page: str) -> float:
    """The same page has the same bytes, so what is looked at and then put into use is rendered once."""
    return smallest_points(render_pdf(page))


def smallest_points(pdf: bytes) -> float:
    """The size of the smallest visible character above the foot of the pages, as drawn; 0 if there is none."""
    with pypdfium2.PdfDocument(pdf) as document:
        sizes = [size for page in document for size in _sizes(page)]
    return min(sizes, default=0.0)


def _sizes(page: pypdfium2.PdfPage) -> list[float]:
    text = page.get_textpage()
    try:
        return [size for index in range(text.count_chars()) if (size := _size(text, index))]
    finally:
        text.close()
        page.close()


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """The size of one character in points; 0 for one that nobody sees or that stands in the foot."""
    if chr(pdfium.FPDFText_GetUnicode(text.raw, index)).isspace():
        return 0
    colours = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text.raw, index, *map(ctypes.byref, colours))
    if all(colour.value == _WHITE for colour in colours[:3]) or text.get_charbox(index)[1] < FOOT_MM * _MM:
        return 0
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text.raw, index, ctypes.byref(matrix))
    scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    size: float = pdfium.FPDFText_GetFontSize(text.raw, index)
    return size * scale
