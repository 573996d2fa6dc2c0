"""The one way from HTML to PDF: WeasyPrint in a process of its own, with our fonts and no network (design 8)."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from django.conf import settings

WORKER = Path(__file__).with_name("render_worker.py")
FONTS = (settings.BASE_DIR / "node_modules" / "source-sans" / "TTF",)
START_SECONDS = 60
WALL_SECONDS = 30
MAX_PAGE_BYTES = 2 * 1024 * 1024
HEAD = 5  # a letter, and four bytes of length

# Only these fonts: what the machine happens to have must not change a signed page.
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{fonts}<cachedir>{cache}</cachedir></fontconfig>
"""


class RenderFailed(Exception):
    """The document could not be made. Nothing else was changed; it can be tried again."""


class Unprintable(RenderFailed):
    """The page holds characters that none of the fonts can draw; the sentence names them."""


def render_pdf(page: str, *, record: bytes | None = None, at: datetime | None = None) -> bytes:
    """The PDF/A-3a and PDF/UA-1 of an HTML page that brings everything with it; the same page gives the same bytes.

    `record` is attached as `record.json`, dated `at`. Raises `Unprintable` naming the characters that no font can
    draw, and `RenderFailed` if the page is too large, asks for anything outside itself, crashes or takes too long.
    """
    request: dict[str, str] = {"page": page}
    if record is not None and at is not None:
        request |= {"record": record.decode(), "at": at.astimezone(UTC).isoformat()}
    content = json.dumps(request).encode()
    if len(page.encode()) > MAX_PAGE_BYTES:
        raise RenderFailed("The document is too large to be made into a PDF.")
    if not any(file for folder in FONTS for file in folder.glob("*.ttf")):
        raise RenderFailed("The fonts for documents are missing. Run ./postern run once to install them.")
    kind, body = _press.ask(content)
    if kind == b"U":
        raise Unprintable(
            f"This cannot be printed: {named_characters(body.decode())}. Write it in other letters."
        )
    if kind != b"P" or not body.startswith(b"%PDF-"):
        raise RenderFailed(f"The document could not be made ({body.decode(errors='replace')[:80]}).")
    return body


def named_characters(characters: str) -> str:
    """The characters as one reads them out: each with its name and number."""
    return ", ".join(
        f"“{one}” ({unicodedata.name(one, 'without a name').capitalize()}, U+{ord(one):04X})"
        for one in characters[:5]
    )


class _Press:
    """The process that lays pages out, started when first needed and again after it died; one page at a time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._owner = 0

    def ask(self, content: bytes) -> tuple[bytes, bytes]:
        """One question, one answer. Raises `RenderFailed` if there is none in time."""
        with self._turn:
            try:
                process = self._running()
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(len(content).to_bytes(4, "big") + content)
                process.stdin.flush()
                return _heard(process.stdout, time.monotonic() + WALL_SECONDS)
            except TimeoutError as error:
                self.stop()
                raise RenderFailed("Making the document took too long. It will be tried again.") from error
            except OSError as error:
                self.stop()
                raise RenderFailed("The document could not be made (it stopped without a word).") from error

    def stop(self) -> None:
        """End the process with whatever it is at, and remove its folder."""
        process, folder = self._process, self._folder
        self._process = self._folder = None
        if process is not None and self._owner == os.getpid():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if pipe is not None:
                        pipe.close()
            process.wait()
        if folder is not None and self._owner == os.getpid():
            folder.cleanup()

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, ready. A fork of ours starts one of its own."""
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        self.stop()
        self._owner = os.getpid()
        self._folder = tempfile.TemporaryDirectory(prefix="postern-render-", ignore_cleanup_errors=True)
        self._process = _started(Path(self._folder.name))
        assert self._process.stdout is not None
        _heard(self._process.stdout, time.monotonic() + START_SECONDS)
        return self._process


def _started(folder: Path) -> subprocess.Popen[bytes]:
    """The process in `folder`, which is all that it may call home."""
    fonts_conf = folder / "fonts.conf"
    dirs = "".join(f"<dir>{escape(str(one))}</dir>" for one in FONTS)
    fonts_conf.write_text(FONTS_CONF.format(fonts=dirs, cache=escape(str(folder))), "utf-8")
    env = {
        "FONTCONFIG_FILE": str(fonts_conf),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
        "SOURCE_DATE_EPOCH": "0",
    }
    if libraries := os.environ.get("LD_LIBRARY_PATH"):  # system libraries that are kept privately
        env["LD_LIBRARY_PATH"] = libraries
    return subprocess.Popen(
        [sys.executable, "-I", str(WORKER), *(str(one) for one in FONTS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=env,
        start_new_session=True,
    )


def _heard(answers: IO[bytes], until: float) -> tuple[bytes, bytes]:
    """One whole answer. Raises `TimeoutError` after `until`, `OSError` if the other side is gone."""
    head = _read(answers, HEAD, until)
    return head[:1], _read(answers, int.from_bytes(head[1:], "big"), until)


def _read(answers: IO[bytes], size: int, until: float) -> bytes:
    got = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(answers, selectors.EVENT_READ)
        while len(got) < size:
            if not waiting.select(max(0.0, until - time.monotonic())):
                raise TimeoutError
            part = os.read(answers.fileno(), size - len(got))
            if not part:
                raise BrokenPipeError("The process that lays out documents has ended.")
            got += part
    return got


_press = _Press()
