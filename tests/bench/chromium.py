"""The application on a free port, and Chromium to use it with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, sync_playwright

from door.debian import chromium
from tests.browser import FLAGS, TIMEOUT_MS


class _JoinedServer(ThreadedWSGIServer):
    """Waits for its threads when it closes, and with them for their connections to the database."""

    daemon_threads = False


class _Server(LiveServerThread):
    server_class = _JoinedServer


@contextmanager
def serving() -> Iterator[str]:
    """The application on a free port; its address."""
    thread = _Server("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://localhost:{thread.port}"
    finally:
        thread.terminate()


@contextmanager
def browsing(**options: Any) -> Iterator[Page]:
    """A page as wide as a desk screen, or as Playwright's `options` of a page say."""
    path = chromium()
    if path is None:
        raise SystemExit("There is no Chromium on this machine; `./postern bench ROWS=panel` installs it.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = running.new_page(**({"viewport": {"width": 1280, "height": 900}} | options))
        page.set_default_timeout(TIMEOUT_MS)
        try:
            yield page
        finally:
            running.close()
