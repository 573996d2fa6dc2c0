"""One rendering path: limited, offline, with our own fonts, the same bytes every time."""

import io
import os
import signal
import socket
import threading
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from consent.evidence import render
from consent.evidence.render import RenderFailed, Unprintable, render_pdf

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>
<style>@page {{ size: letter; font-family: "Source Sans 3" }} body {{ font-family: "Source Sans 3" }}</style>
</head><body><h1>My permission</h1><p>☑ First name ☐ Face. Signed by Zoë.</p>{extra}</body></html>"""


def page(extra=""):
    return PAGE.format(extra=extra)


def catalogue_of(data) -> Any:
    return PdfReader(io.BytesIO(data)).root_object


def metadata_of(data):
    return catalogue_of(data)["/Metadata"].get_object().get_data().decode()


class TestRendering:
    def test_gives_the_same_bytes_for_the_same_page(self):
        assert render_pdf(page()) == render_pdf(page())

    def test_keeps_title_language_tags_and_text(self):
        reader = PdfReader(io.BytesIO(render_pdf(page())))
        catalog = reader.root_object
        assert reader.metadata is not None
        assert reader.metadata.title == "A form"
        assert str(catalog["/Lang"]) == "en"
        assert str(catalog["/MarkInfo"]) == "{'/Marked': True}"
        assert "☑ First name ☐ Face. Signed by Zoë." in reader.pages[0].extract_text()

    def test_embeds_only_the_fonts_of_the_package(self, monkeypatch):
        monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
        data = render_pdf(page("<p style='font-family: \"DejaVu Sans\"'>Another font?</p>"))
        resources: Any = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]
        fonts = resources["/Font"]
        names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
        assert names
        assert all("Source-Sans" in name for name in names)

    def test_goes_on_after_the_process_was_killed(self):
        render_pdf(page())
        process = render._press._process
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert render_pdf(page())

    def test_names_the_characters_that_no_font_can_draw(self):
        with pytest.raises(Unprintable, match=r"“字” \(Cjk unified ideograph-5b57, U\+5B57\)"):
            render_pdf(page("<p>字 and Ω and Ж and é</p>"))

    def test_asks_no_glyph_for_what_is_not_drawn(self):
        assert render_pdf(page("<p>Ana\u200f \u2066Ruiz\u2069</p>"))

    @pytest.mark.parametrize(
        "extra",
        [
            '<img src="file:///etc/hostname">',
            '<link rel="stylesheet" href="http://localhost:9/x.css">',
            '<link rel="attachment" href="file:///etc/hostname">',
        ],
    )
    def test_refuses_a_page_that_asks_for_anything_outside_itself(self, extra):
        with pytest.raises(RenderFailed, match="could not be made"):
            render_pdf(page(extra))

    def test_never_knocks_at_a_server_of_this_machine(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(5)
            knocked = threading.Event()

            def listen():
                try:
                    server.accept()
                    knocked.set()
                except OSError:
                    return

            listener = threading.Thread(target=listen)
            listener.start()
            with pytest.raises(RenderFailed):
                render_pdf(page(f'<img src="http://127.0.0.1:{server.getsockname()[1]}/x.png">'))
            server.close()
            listener.join()
            assert not knocked.is_set()

    def test_stops_a_page_that_takes_too_long(self, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr(render, "WALL_SECONDS", 1.5)
            with pytest.raises(RenderFailed, match="took too long"):
                render_pdf(page("<table>" + "<tr><td>cell</td><td>cell</td></tr>" * 8000 + "</table>"))
        assert render_pdf(page())

    def test_refuses_a_page_that_is_too_large(self):
        with pytest.raises(RenderFailed, match="too large"):
            render_pdf(page("x" * render.MAX_PAGE_BYTES))

    def test_says_plainly_that_the_fonts_are_missing(self, monkeypatch, tmp_path):
        monkeypatch.setattr(render, "FONTS", (tmp_path,))
        with pytest.raises(RenderFailed, match="fonts for documents are missing"):
            render_pdf(page())


DRAWN = '<svg viewBox="0 0 9 9" width="9" height="9"><title>A line</title><path d="M0 0 L9 9"/></svg>'


@pytest.fixture(scope="module")
def data():
    return render_pdf(page(DRAWN), record=b'{"a":1}', at=datetime(2026, 11, 23, 15, tzinfo=UTC))


class TestAnArchivalFile:
    """PDF/A-3a and PDF/UA-1 at once, as far as one can read it off the file."""

    def test_says_so_in_one_readable_rdf(self, data):
        text = metadata_of(data)
        assert text.count("<rdf:RDF") == 1
        assert 'pdfaid:part="3"' in text
        assert 'pdfaid:conformance="A"' in text
        assert 'pdfuaid:part="1"' in text
        ElementTree.fromstring(text[text.index("<x:xmpmeta") : text.index("<?xpacket end")])
        assert b"pdfuaid:part" in data

    def test_is_tagged_titled_and_in_a_language(self, data):
        catalogue = catalogue_of(data)
        assert catalogue["/MarkInfo"]["/Marked"]
        assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
        assert catalogue["/Lang"] == "en"
        assert b"/S /H1" in data or "/H1" in str(all_tags(catalogue["/StructTreeRoot"]))

    def test_describes_the_picture_of_a_signature(self, data):
        figures = [
            one for one in all_tags(catalogue_of(data)["/StructTreeRoot"]) if one.get("/S") == "/Figure"
        ]
        assert [one["/Alt"] for one in figures] == ["A line"]

    def test_names_its_colours_and_embeds_every_font(self, data):
        assert catalogue_of(data)["/OutputIntents"][0]["/DestOutputProfile"].get_object().get_data()
        reader = PdfReader(io.BytesIO(data))
        resources: list[Any] = [one["/Resources"] for one in reader.pages]
        fonts = [font.get_object() for one in resources for font in one["/Font"].values()]
        assert fonts
        for font in fonts:
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
            assert "/ToUnicode" in font

    def test_holds_no_script_no_transparency_and_no_encryption(self, data):
        assert not {"/AA", "/OpenAction", "/AcroForm"} & catalogue_of(data).keys()
        for forbidden in (b"/JavaScript", b"/SMask", b"/Encrypt"):
            assert forbidden not in data

    def test_carries_the_record_as_data_with_the_date_it_was_given(self, data):
        catalogue = catalogue_of(data)
        (described,) = {one.idnum: one.get_object() for one in catalogue["/AF"]}.values()
        stream = described["/EF"]["/F"].get_object()
        assert described["/AFRelationship"] == "/Data"
        assert stream.get_data() == b'{"a":1}'
        assert stream["/Subtype"] == "/application/json"
        assert stream["/Params"]["/ModDate"].startswith("D:20261123150000")

    def test_is_the_same_made_by_another_process(self, data):
        render._press.stop()
        assert render_pdf(page(DRAWN), record=b'{"a":1}', at=datetime(2026, 11, 23, 15, tzinfo=UTC)) == data


def all_tags(tag):
    """Every element of the structure tree, flat."""
    tag = tag.get_object()
    found = [tag] if "/S" in tag else []
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if hasattr(kid.get_object() if hasattr(kid, "get_object") else kid, "get"):
            found += all_tags(kid)
    return found
