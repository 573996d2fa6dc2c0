"""Seals for tests: a plain page rendered once, sealed for a practice, and the attacks on it."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter

from consent.access.models import Practice
from consent.audit.rules import Actor
from consent.evidence.actions import renew_due, sealing_keys, store_document
from consent.evidence.models import Document
from consent.evidence.render import render_pdf
from consent.evidence.sealing import Sealed, seal_pdf
from tests.cast import NOW

WORKER = Actor("worker", "1")
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>
<style>@page { font-family: "Source Sans 3" } body { font-family: "Source Sans 3" }</style>
</head><body><h1>My permission</h1><p>☑ First name ☐ Face.</p></body></html>"""
MESSAGE_DIGEST = b"2a864886f70d010904"
RECORD = b'{"signature":1}'


@cache
def rendered() -> bytes:
    """The page as a PDF with its record attached."""
    return render_pdf(PAGE, record=RECORD, at=NOW)


def sealed(practice: Practice, *, at: datetime = NOW, data: bytes | None = None) -> Sealed:
    """The page, sealed for the practice."""
    keys = sealing_keys(practice=practice, by=WORKER, at=at)
    return seal_pdf(data or rendered(), keys.identity, keys.stamper(at), at=at)


def sealed_document(practice: Practice, *, at: datetime = NOW) -> Document:
    """The same, kept as a document."""
    keys = sealing_keys(practice=practice, by=WORKER, at=at)
    one = sealed(practice, at=at)
    return store_document(
        practice=practice,
        kind="signed_form",
        data=one.data,
        certificate=keys.row,
        level=one.level,
        by=WORKER,
        at=at,
    )


def lasting_document(practice: Practice, *, at: datetime = NOW) -> Document:
    """The same, made to last two minutes later."""
    document = sealed_document(practice, at=at)
    Document.objects.filter(pk=document.pk).update(renewal_after=at)
    assert renew_due(by=WORKER, at=at + timedelta(minutes=2))
    return Document.objects.get(renews=document)


def flipped(data: bytes, at: int) -> bytes:
    """One bit turned."""
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def bytes_appended(good: bytes) -> bytes:
    return good + b"\n%garbage\n"


def newline_appended(good: bytes) -> bytes:
    return good + b"\n"


def bit_in_the_content(good: bytes) -> bytes:
    return flipped(good, good.find(b"stream") + 100)


def bit_in_the_signature(good: bytes) -> bytes:
    """In what it says the digest of the file is."""
    start = good.find(MESSAGE_DIGEST) + len(MESSAGE_DIGEST) + 20
    digit = b"1" if good[start : start + 1] != b"1" else b"2"
    return good[:start] + digit + good[start + 1 :]


def bit_in_what_is_not_signed(good: bytes) -> bytes:
    """In the zeros that fill the signature's room up: no verifier looks at them."""
    end = good.find(b">", good.find(b"/Contents <"))
    return good[: end - 10] + b"1" + good[end - 9 :]


def title_edited(good: bytes) -> bytes:
    return _updated(good, _edit_title)


def drawn_over(good: bytes) -> bytes:
    return _updated(good, _draw)


def attachment_swapped(good: bytes) -> bytes:
    return _updated(good, _swap)


def written_anew(good: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(good)))
    return _written(writer)


def signature_stripped(good: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(good)))
    del writer._root_object["/AcroForm"]
    return _written(writer)


def cut_short(good: bytes) -> bytes:
    return good[: len(good) // 2]


def not_a_pdf(good: bytes) -> bytes:
    return b"Dear Sir or Madam"


ATTACKS: tuple[Callable[[bytes], bytes], ...] = (
    bytes_appended,
    newline_appended,
    bit_in_the_content,
    bit_in_the_signature,
    bit_in_what_is_not_signed,
    title_edited,
    drawn_over,
    attachment_swapped,
    written_anew,
    signature_stripped,
    cut_short,
    not_a_pdf,
)


def _updated(good: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(good))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _edit_title(writer: IncrementalPdfFileWriter) -> None:
    title = generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("Another form")})
    writer.set_info(writer.add_object(title))


def _draw(writer: IncrementalPdfFileWriter) -> None:
    stroke = generic.StreamObject(stream_data=b"q 1 0 0 RG 10 w 50 50 m 500 700 l S Q")
    writer.add_stream_to_page(0, writer.add_object(stroke))


def _swap(writer: IncrementalPdfFileWriter) -> None:
    names: Any = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    described = names[1].get_object()
    described["/EF"]["/F"] = writer.add_object(generic.StreamObject(stream_data=b'{"signature":2}'))
    writer.mark_update(names[1].reference if hasattr(names[1], "reference") else described.container_ref)


def _written(writer: PdfWriter) -> bytes:
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
