"""One rendering path: limited, offline, with our own fonts, the same bytes every time."""

import io
import socket
import threading
from typing import Any

import pytest
from pypdf import PdfReader

from consent.evidence import render
from consent.evidence.render import RenderFailed, render_pdf

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>
<style>@page {{ size: letter; font-family: "Source Sans 3" }} body {{ font-family: "Source Sans 3" }}</style>
</head><body><h1>My permission</h1><p>☑ First name ☐ Face. Signed by Zoë.</p>{extra}</body></html>"""


def page(extra=""):
    return PAGE.format(extra=extra)


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
        monkeypatch.setattr(render, "WALL_SECONDS", 1.5)
        with pytest.raises(RenderFailed, match="took too long"):
            render_pdf(page("<table>" + "<tr><td>cell</td><td>cell</td></tr>" * 8000 + "</table>"))

    def test_refuses_a_page_that_is_too_large(self):
        with pytest.raises(RenderFailed, match="too large"):
            render_pdf(page("x" * render.MAX_PAGE_BYTES))

    def test_says_plainly_that_the_fonts_are_missing(self, monkeypatch, tmp_path):
        monkeypatch.setattr(render, "FONTS", tmp_path)
        with pytest.raises(RenderFailed, match="fonts for documents are missing"):
            render_pdf(page())
