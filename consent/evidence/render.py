"""The one way from HTML to PDF: WeasyPrint in a process of its own, with our fonts and no network (design 8)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

WORKER = Path(__file__).with_name("render_worker.py")
FONTS = settings.BASE_DIR / "node_modules" / "source-sans" / "TTF"
WALL_SECONDS = 30
MAX_PAGE_BYTES = 2 * 1024 * 1024

# Only these fonts: what the machine happens to have must not change a signed page.
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class RenderFailed(Exception):
    """The document could not be made. Nothing else was changed; it can be tried again."""


def render_pdf(page: str) -> bytes:
    """The PDF of an HTML page that brings everything with it; the same page gives the same bytes.

    Raises `RenderFailed` if the page is too large, asks for anything outside itself, crashes or takes too long.
    """
    content = page.encode()
    if len(content) > MAX_PAGE_BYTES:
        raise RenderFailed("The document is too large to be made into a PDF.")
    if not any(FONTS.glob("*.ttf")):
        raise RenderFailed("The fonts for documents are missing. Run ./postern run once to install them.")
    with tempfile.TemporaryDirectory(prefix="postern-render-") as folder:
        return _run(content, Path(folder))


def _run(content: bytes, folder: Path) -> bytes:
    """One rendering in `folder`, which is all that the process may call home."""
    fonts_conf = folder / "fonts.conf"
    fonts_conf.write_text(FONTS_CONF.format(fonts=escape(str(FONTS)), cache=escape(str(folder))), "utf-8")
    env = {
        "FONTCONFIG_FILE": str(fonts_conf),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
        "SOURCE_DATE_EPOCH": "0",
    }
    if libraries := os.environ.get("LD_LIBRARY_PATH"):  # system libraries that are kept privately
        env["LD_LIBRARY_PATH"] = libraries
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(WORKER)],
            input=content,
            capture_output=True,
            cwd=folder,
            env=env,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderFailed("Making the document took too long. It will be tried again.") from error
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise RenderFailed(f"The document could not be made ({_last_line(done.stderr)}).")
    return done.stdout


def _last_line(told: bytes) -> str:
    """The last thing the process said, without what it may quote from the page."""
    lines = told.decode(errors="replace").strip().splitlines()
    return lines[-1].partition(":")[0][:80] if lines else "it stopped without a word"
