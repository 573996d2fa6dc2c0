"""Runs on its own, outside Django: lays out HTML pages as PDF, within limits, fetching nothing.

Started by `render` as a script in isolated mode. It imports WeasyPrint and reads the fonts once; each page is then laid
out by a fork of it, so a hostile or broken page can only end that fork, and no page pays for the start.

On standard input, again and again: four bytes of length, then JSON with ``page`` and, for a record to be attached,
``record`` and ``at``. On standard output: a letter (``R`` ready, ``P`` the PDF, ``U`` characters without a glyph,
``E`` what went wrong), four bytes of length, then that.
"""

import contextlib
import hashlib
import json
import os
import resource
import sys
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 20
OPEN_FILES = 64
WITHOUT_GLYPH = {"Cc", "Cf", "Zl", "Zp"}  # controls and marks of direction are not drawn
NOT_SHOWN = {"style", "title", "head"}
RDF_END = b"</rdf:RDF>"
# PDF/UA identifies itself in the same RDF as PDF/A, which wants every foreign property described.
PDF_UA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    b'<rdf:li rdf:parseType="Resource"><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/'
    b"</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:property><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category>'
    b"<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>"
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class Unprintable(Exception):
    """The page holds characters for which no font has a glyph."""


def limit() -> None:
    """Take this process's own rights away before it reads a byte of the page."""
    spent = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, spent + CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Layout:
    """WeasyPrint with its fonts read: the state that every fork begins with."""

    def __init__(self, fonts: list[str]) -> None:
        from fontTools.ttLib import TTFont
        from weasyprint.text.fonts import FontConfiguration

        self.fonts = FontConfiguration()
        self.drawn: set[int] = set()
        for folder in fonts:
            for file in sorted(Path(folder).glob("*Regular.ttf")):
                self.drawn |= TTFont(file, lazy=True).getBestCmap().keys()
        self.render(
            '<html lang="en"><title>.</title><p style="font-family: \'Source Sans 3\'">Warm.', None, ""
        )

    def render(self, page: str, record: str | None, at: str) -> bytes:
        """The PDF of `page`, PDF/A-3a and PDF/UA-1 in one, the same bytes for the same page.

        Raises `Unprintable`, or whatever WeasyPrint raises.
        """
        from weasyprint import HTML, Attachment
        from weasyprint.urls import URLFetcher

        fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
        html = HTML(string=page, encoding="utf-8", url_fetcher=fetcher)
        self._require_glyphs(html.etree_element)
        attached = []
        if record is not None:
            moment = datetime.fromisoformat(at)
            attached = [
                Attachment(
                    string=record,
                    name="record.json",
                    description="What was signed and how, for machines",
                    created=moment,
                    modified=moment,
                    relationship="Data",
                    url_fetcher=fetcher,
                )
            ]
        pdf: bytes = html.write_pdf(
            # The identifier would otherwise be random, and two renderings of one page would differ.
            pdf_identifier=hashlib.sha256(f"{page}{record}{at}".encode()).digest()[:16],
            pdf_variant="pdf/a-3a",
            finisher=_also_pdf_ua,
            attachments=attached,
            font_config=self.fonts,
        )
        return pdf

    def _require_glyphs(self, page: Any) -> None:
        """Raises `Unprintable` with the characters that would come out as boxes, which PDF/A forbids too."""
        said = {character for text in _shown(page) for character in text}
        lacking = {
            one
            for one in said
            if ord(one) not in self.drawn and unicodedata.category(one) not in WITHOUT_GLYPH
        }
        if lacking:
            raise Unprintable("".join(sorted(lacking)))


def _shown(element: Any) -> Iterator[str]:
    """The text that a page shows, or reads aloud of a picture."""
    if element.tag not in NOT_SHOWN:
        yield from (element.text or "", element.get("aria-label", ""))
        for child in element:
            yield from _shown(child)
            yield child.tail or ""
    else:
        yield from (child.tail or "" for child in element)


def _also_pdf_ua(_document: Any, pdf: Any) -> None:
    """Add the identification of PDF/UA to the metadata; WeasyPrint writes one of the two."""
    for one in pdf.objects:
        if getattr(one, "extra", {}).get("Type") == "/Metadata":
            one.stream = [part.replace(RDF_END, PDF_UA + RDF_END) for part in one.stream]
            one.compress = False  # so that any program finds it


def aside(layout: Layout, request: dict[str, Any]) -> tuple[bytes, bytes]:
    """The answer to one request, made by a fork."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer(layout, request, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read()
    _, status = os.waitpid(child, 0)
    if status or not told:
        return b"E", b"it stopped without a word"
    return told[:1], told[1:]


def _answer(layout: Layout, request: dict[str, Any], writing: int) -> NoReturn:
    """Within the limits: the PDF, or why there is none, without what it may quote from the page; then the end."""
    told = b""
    try:
        limit()
        told = b"P" + layout.render(request["page"], request.get("record"), request.get("at", ""))
    except Unprintable as error:
        told = b"U" + str(error).encode()
    finally:
        # Whatever else is on its way, out of memory too: this fork ends here.
        failure = sys.exc_info()[0]
        if failure is not None:
            told = b"E" + failure.__name__.encode()
        with contextlib.suppress(OSError), os.fdopen(writing, "wb") as answer:
            answer.write(told)
        os._exit(0)


def serve(questions: BinaryIO, answers: BinaryIO, fonts: list[str]) -> None:
    """Answer until the other side goes away."""
    layout = Layout(fonts)
    _send(answers, b"R", b"")
    while head := questions.read(4):
        request = json.loads(questions.read(int.from_bytes(head, "big")))
        _send(answers, *aside(layout, request))


def _send(answers: BinaryIO, kind: bytes, body: bytes) -> None:
    answers.write(kind + len(body).to_bytes(4, "big") + body)
    answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, sys.argv[1:])
