"""A marketer says who is in a picture: names one face, covers another, explains a sign, looks over the rest."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from consent.access.models import User
from consent.media.models import Asset, BackgroundReview, Rendition
from consent.media.queries import rendition_of
from tests.cast import Cast
from tests.consent.media.test_scans import FACE, SECOND, TEXT, given_asset, look, seeing
from tests.desk import as_
from tests.pictures import as_file, patterned

pytestmark = pytest.mark.journey


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


@pytest.fixture
def seen(cast: Cast) -> Asset:
    """A picture with two faces and a sign."""
    assert cast.ana.pk
    asset = given_asset(cast)
    look(cast, seeing(FACE, SECOND, TEXT))
    return asset


def signed_in(page: Page, user: User) -> Page:
    value = as_(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )
    return page


def open_picture(page: Page, user: User, asset: Asset) -> Page:
    signed_in(page, user).goto(f"/p/riverbend/pictures/{asset.pk}/")
    return page


def drag(page: Page, ground: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw from one point to another, both as parts of the picture."""
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=3)
    page.mouse.up()


class TestWhoIsInIt:
    @pytest.mark.parametrize("width", [1280, 390])
    def test_is_said_place_by_place(
        self, cast: Cast, seen: Asset, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        page = open_picture(open_page(width=width), cast.dan, seen)
        expect(page.get_by_text("Seen: 2 faces, 1 text, 0 codes.")).to_be_visible()
        expect(page.locator("svg.boxes rect")).to_have_count(3)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

        page.get_by_role("link", name="1: a face").click()
        expect(page.get_by_role("heading", name="Who is number 1?")).to_be_visible()
        page.get_by_label("Find the person").fill("ana")
        page.get_by_role("radio", name="Ana").check()
        page.get_by_role("button", name="They are in this picture").click()
        expect(page.get_by_text("is Ana")).to_be_visible()

        for number, why in ((2, "a poster"), (3, "our own sign")):
            page.get_by_label(f"Number {number}: nobody recognisable, because…").click()
            page.get_by_label(f"Why nobody can be recognised by number {number}").fill(why)
            page.get_by_role("button", name="Keep", exact=True).locator("visible=true").click()
            expect(page.get_by_text(f"tells nobody who it is: {why}")).to_be_visible()
        axe(page)

        page.get_by_role("button", name="I have looked over all of it").click()
        expect(page.get_by_text("Look at these too, and tick them")).to_be_visible()
        for tick in page.locator("input[name=points]").all():
            tick.check()
        page.get_by_role("button", name="I have looked over all of it").click()
        expect(page.get_by_text("Looked over by Dan.")).to_be_visible()
        expect(page.locator("svg.boxes")).to_have_count(0)
        assert BackgroundReview.objects.count() == 1


class TestCovering:
    @pytest.mark.parametrize("width", [1280, 390])
    def test_is_drawn(
        self, cast: Cast, seen: Asset, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        page = open_picture(open_page(width=width, has_touch=width < 500), cast.dan, seen)
        page.get_by_role("link", name="Cover places or crop").click()
        expect(page.get_by_role("heading", name="Cover and crop")).to_be_visible()
        axe(page)
        ground = page.locator("[data-draw]")
        drag(page, ground, (0.1, 0.1), (0.3, 0.4))
        expect(page.locator("rect.box-cover")).to_have_count(1)
        page.get_by_role("radio", name="What to keep of the picture").check()
        drag(page, ground, (0.05, 0.05), (0.9, 0.9))
        expect(page.locator("rect.box-kept")).to_have_count(1)
        page.get_by_role("button", name="Make the copy").click()
        expect(page.get_by_text("A new copy is made and is being looked at.")).to_be_visible()

        made = rendition_of(Asset.objects.get())
        [[x, y, *_]] = made.places["covers"]
        assert abs(made.width - 0.85 * 640) < 12
        assert x < 0.1 * 640
        assert y < 0.1 * 480

    def test_works_with_the_keyboard_alone(
        self, cast: Cast, seen: Asset, open_page: Callable[..., Page]
    ) -> None:
        page = open_picture(open_page(), cast.dan, seen)
        page.goto(f"/p/riverbend/pictures/{seen.pk}/retouch/")
        page.get_by_role("button", name="Add a place in the middle").press("Enter")
        left = page.get_by_label("From the left").first
        expect(left).to_be_focused()
        left.press("ArrowUp")
        expect(page.locator("rect.box-cover")).to_have_attribute("x", "260")
        left.press("Enter")
        expect(page.get_by_text("A new copy is made and is being looked at.")).to_be_visible()

        assert Rendition.objects.count() == 2


class TestMany:
    def test_are_added_with_how_far_it_is(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], tmp_path: Path
    ) -> None:
        files = []
        for number in range(5):
            files.append(tmp_path / f"event{number}.jpg")
            files[-1].write_bytes(as_file(patterned(seed=number % 4)))
        page = signed_in(open_page(), cast.dan)
        page.goto("/p/riverbend/pictures/add/")
        page.locator("input[type=file]").set_input_files(files)
        page.get_by_label("What is it called").fill("Event")
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text("Say who took it").first).to_be_visible()
        page.get_by_role("radio", name="Someone who works here").check()
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text("4 added, 1 there already, 0 not used.").first).to_be_visible()
        axe(page)
        page.get_by_role("link", name="Say who is in them").click()
        expect(page.get_by_role("link", name="Where nobody has said who is in it")).to_be_visible()
        axe(page)

        assert sorted(Asset.objects.values_list("label", flat=True)) == [f"Event {n}" for n in range(1, 5)]
