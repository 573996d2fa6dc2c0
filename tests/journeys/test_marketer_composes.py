"""A marketer adds a picture, says who is in it, writes, is refused live, mends it, sends it; another approves."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from consent.access.models import User
from posts.clearance.models import Approval, Review
from posts.content.models import Version
from tests.cast import Cast
from tests.consents import signed_consent
from tests.desk import as_
from tests.drafts import a_channel
from tests.pictures import telling_jpeg


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def signed_in(page: Page, user: User) -> Page:
    value = as_(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )
    return page


def add_a_picture(page: Page, axe: Callable[[Page], None], file: Path) -> None:
    page.goto("/p/riverbend/pictures/")
    page.get_by_role("link", name="Add pictures").first.click()
    axe(page)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("bell.jpg")).to_be_visible()
    page.get_by_label("What is it called").fill("The bell")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Nobody has said it yet.")).to_be_visible()
    axe(page)
    page.get_by_label("Find the person").press_sequentially("ana")
    page.get_by_role("radio", name="Ana").check()
    page.get_by_role("button", name="They are in this picture").click()
    expect(page.get_by_text("On file", exact=True)).to_be_visible()


def write(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/p/riverbend/posts/begin/")
    page.get_by_label("What is it about").fill("Ana rings the bell")
    page.get_by_role("radio", name="tell people about our care, with a story").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="+ @riverbend").click()
    words = page.get_by_label("The words for @riverbend")
    expect(words).to_be_focused()
    words.fill("Ana rang the bell today!")
    page.get_by_role("button", name="Add a picture").click()
    page.get_by_role("button", name="The bell").click()
    axe(page)


def be_refused_and_mend(page: Page, axe: Callable[[Page], None]) -> None:
    gate = page.get_by_role("complementary", name="The gate")
    expect(gate.get_by_text("Picture 1 has no description.")).to_be_visible()
    expect(page.get_by_label("Describe it for those who cannot see it")).to_be_focused()
    page.keyboard.type("A woman rings a brass bell")
    expect(gate.get_by_text("may go out, once approved")).to_be_visible()
    page.get_by_text("How it goes out").click()
    page.get_by_label("We pay to have it shown").check()
    expect(gate.get_by_text("Ana has not agreed to paid posts.")).to_be_visible()
    axe(page)
    gate.get_by_role("button", name="Do not pay to show it").click()
    expect(page.get_by_label("We pay to have it shown")).not_to_be_checked()
    expect(page.get_by_text("Ready for review")).to_be_visible()
    page.get_by_label("Find a person").press_sequentially("an")
    page.get_by_role("button", name="The words use Ana").click()
    page.get_by_role("checkbox", name="age", exact=True).check()
    expect(gate.get_by_text("Ana has not allowed: age.")).to_be_visible()
    gate.get_by_role("button", name="Change the words").click()
    page.get_by_role("checkbox", name="age", exact=True).uncheck()
    page.get_by_role("button", name="+ Our wall").click()
    expect(page.get_by_role("tab", name="Our wall")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label("The words for Our wall")).to_have_value("Ana rang the bell today!")
    expect(page.get_by_text("Ready for review")).to_be_visible()


def approve(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/p/riverbend/reviews/")
    page.get_by_role("link", name="Look at Ana rings the bell").click()
    axe(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("alert")).to_contain_text("tick that nobody else is named")
    page.get_by_role("checkbox", name="I looked at the words").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Nothing waits for review.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
class TestAMarketer:
    def test_composes_what_another_approves(
        self,
        cast: Cast,
        open_page: Callable[..., Page],
        axe: Callable[[Page], None],
        tmp_path: Path,
        width: int,
    ) -> None:
        signed_consent(cast, cast.ana)
        a_channel(cast, "instagram", "@riverbend")
        a_channel(cast)
        (tmp_path / "bell.jpg").write_bytes(telling_jpeg())
        page = signed_in(open_page(width=width), cast.dan)

        add_a_picture(page, axe, tmp_path / "bell.jpg")
        write(page, axe)
        be_refused_and_mend(page, axe)
        page.get_by_role("button", name="Send for review").click()
        expect(page.get_by_text("Sent for review.")).to_be_visible()
        axe(page)
        approve(signed_in(open_page(width=width), cast.eve), axe)

        assert Review.objects.get().outcome == "approved"
        assert Approval.objects.count() == Version.objects.count() == 2
        page.reload()
        expect(page.get_by_text("When shall it go out?")).to_be_visible()
        axe(page)

    def test_loses_no_word_to_a_wrong_click(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        a_channel(cast)
        page = signed_in(open_page(width=width), cast.dan)
        page.goto("/p/riverbend/posts/begin/")
        page.get_by_label("What is it about").fill("Flu season")
        page.get_by_role("radio", name="teach people").check()
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("button", name="+ Our wall").click()
        page.get_by_label("The words for Our wall").fill("Wash your hands.")
        page.on("dialog", lambda dialog: dialog.dismiss())

        page.get_by_role("link", name="← Posts").click(no_wait_after=True)
        expect(page.get_by_label("The words for Our wall")).to_have_value("Wash your hands.")

        page.get_by_label("The words for Our wall").fill("long " * 12_000)
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_role("alert")).to_contain_text("at most 20,000 are kept")
        expect(page.get_by_label("The words for Our wall")).to_have_value("long " * 12_000)
        axe(page)
