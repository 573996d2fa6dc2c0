"""What every journey through a form does: come in as somebody, hand the tablet over, mark lines, sign."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from consent.access.models import User
from tests.cast import PIN

Look = Callable[[Page], None]
TABLET: dict[str, Any] = {"width": 810, "height": 1080, "has_touch": True, "is_mobile": True}
RESTING_FRAMES = 6
PHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def enter_as(page: Page, user: User) -> None:
    """Be signed in as `user`: the door itself has journeys of its own."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )


def hand_over(page: Page, look: Look, person: int) -> None:
    """At the desk: prepare, witness, hand over."""
    page.goto(f"/p/riverbend/people/{person}/consent/")
    look(page)
    page.fill("[name=privacy_notice]", "2026-01")
    page.check("[name=capacity_attested]")
    page.click("text=Go on to the witness")
    expect(page.get_by_role("heading", name="A colleague witnesses")).to_be_visible()
    look(page)
    page.check("text=I looked at a photo ID")
    page.select_option("[name=witness]", label="Freya")
    page.fill("[name=pin]", PIN)
    page.click("text=I witness this")
    expect(page.get_by_role("button", name="Hand over the tablet")).to_be_visible()
    look(page)
    page.click("button:has-text('Hand over the tablet')")
    page.wait_for_url("**/tablet/")


def go_on(page: Page, look: Look, *labels: str, button: str = "Continue") -> None:
    """One screen: look at it, mark the lines, go on. Nothing is marked before."""
    look(page)
    assert page.locator("input:checked").count() == 0
    for label in labels:
        page.get_by_label(label, exact=True).check()
    press(page, button)


def press(page: Page, button: str) -> None:
    """Press a button and wait until the next screen stands."""
    before = page.locator("h1").inner_text()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("h1")).not_to_have_text(before)
    page.wait_for_load_state()


def draw(page: Page) -> None:
    """A signature by mouse."""
    first, *rest = _scribble(page)
    page.mouse.move(*first)
    page.mouse.down()
    for x, y in rest:
        page.mouse.move(x, y, steps=6)
    page.mouse.up()


def draw_by_finger(page: Page) -> None:
    """A signature with a finger on the glass; the page must not scroll away under it."""
    first, *rest = _scribble(page)
    glass = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        glass.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        )

    touch("touchStart", first)
    before = first
    for x, y in rest:
        for part in (1 / 3, 2 / 3, 1):
            touch("touchMove", (before[0] + (x - before[0]) * part, before[1] + (y - before[1]) * part))
        before = (x, y)
    # The finger rests before it is lifted: lifted in full flight it throws the page, and the next tap only stops that.
    for _ in range(RESTING_FRAMES):
        page.evaluate("() => new Promise(requestAnimationFrame)")
        touch("touchMove", before)
    touch("touchEnd")
    glass.detach()


def _scribble(page: Page) -> list[tuple[float, float]]:
    """Where the pen goes, in the box as it lies on the screen."""
    page.locator("#pad").scroll_into_view_if_needed()
    box = page.locator("#pad").bounding_box()
    assert box
    x, y = box["x"], box["y"]
    heights = (40, 150, 50, 160, 60, 140, 80, 120)
    return [(x + 40, y + 120), *((x + 60 + step * 30, y + height) for step, height in enumerate(heights))]
