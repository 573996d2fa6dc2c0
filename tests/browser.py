"""A real browser for the journeys: `open_page`, `page` and `axe`."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from door.debian import chromium
from door.places import NODE_MODULES

FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Long enough for a busy machine with two cores; a test that passes waits for none of it.
TIMEOUT_MS = 20_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = chromium()
    if path is None:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("There is no Chromium on this machine; `./postern test` installs it.")
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens a page of a person of their own: `open_page(width=390)`; script errors and CSP violations fail."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_one(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(TIMEOUT_MS)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page as wide as a desk screen."""
    return open_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with a list of what breaks WCAG 2.2 A and AA on the page as it is now."""
    source = (NODE_MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8")

    def examine(page: Page) -> None:
        # A page can be read before its style sheets came; its colours are not yet its own then.
        page.wait_for_load_state("load")
        page.evaluate(
            "() => Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))"
        )
        page.evaluate(source)
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        assert not found, f"{page.url}:\n" + "\n".join(_told(violation) for violation in found)

    return examine


def _told(violation: dict[str, Any]) -> str:
    places = [f"    {' '.join(map(str, node['target']))}" for node in violation["nodes"]]
    return "\n".join([f"  {violation['id']} ({violation['impact']}): {violation['help']}", *places])
