"""A marketer adds a picture, says who is in it, writes, is refused live, mends it, sends it; another approves."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from consent.access.models import User
from posts.clearance.models import Approval, Review
from posts.content.models import Version
from tests.cast import Cast
from tests.consents import signed_consent
from tests.desk import as_
from tests.drafts import a_channel
from tests.journeys.working import look_at_pictures
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
    expect(page.get_by_role("heading", name="Add pictures")).to_be_visible()
    axe(page)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("bell.jpg")).to_be_visible()
    page.get_by_label("What is it called").fill("The bell")
    page.get_by_role("radio", name="Someone who works here").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Nobody has said it yet.")).to_be_visible()
    axe(page)
    page.get_by_label("Find the person").fill("ana")
    page.get_by_role("radio", name="Ana").check()
    page.get_by_role("button", name="They are in this picture").click()
    expect(page.get_by_text("On file", exact=True)).to_be_visible()
    look_at_pictures()


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
    expect(page.get_by_label("Describe it for those who cannot see it")).to_be_focused()
    axe(page)


def be_refused_and_mend(page: Page, axe: Callable[[Page], None]) -> None:
    gate = page.get_by_role("complementary", name="The gate")
    expect(gate.get_by_text("Picture 1 has no description.")).to_be_visible()
    expect(page.get_by_label("Describe it for those who cannot see it")).to_be_focused()
    page.keyboard.type("A woman rings a brass bell")
    gate.get_by_role("button", name="I have looked over all of it").click()
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


def approve(page: Page, axe: Callable[[Page], None], title: str = "Ana rings the bell") -> None:
    page.goto("/p/riverbend/reviews/")
    page.get_by_role("link", name=f"Look at it: {title}").click()
    expect(page.get_by_role("checkbox", name="I looked at the words")).to_be_visible()
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


def begun(page: Page) -> Page:
    """The composer of a new post, with the words of Our wall begun."""
    page.goto("/p/riverbend/posts/begin/")
    page.get_by_label("What is it about").fill("Flu season")
    page.get_by_role("radio", name="teach people").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="+ Our wall").click()
    words = page.get_by_label("The words for Our wall")
    expect(words).to_be_focused()
    words.fill("Wash your hands.")
    return page


# Types a letter in the very moment in which the answer of a step stands on the page, before anything else can run.
TYPE_AT_ONCE = """() => {
    const desk = document.getElementById("desk");
    new MutationObserver((_, observer) => {
        if (document.contains(desk)) return;
        observer.disconnect();
        const finder = document.querySelector("section:not([hidden]) [id^=find-]");
        finder.value = "an";
        finder.dispatchEvent(new Event("input", { bubbles: true }));
    }).observe(document.getElementById("compose"), { childList: true, subtree: true });
}"""

# Resolves `unasked` when the gate was not asked, since a step is under way.
HEAR_UNASKED = """() => {
    window.unasked = new Promise((heard) => document.addEventListener("htmx:confirm", (event) => {
        if (event.detail.elt.id === "watch" && event.defaultPrevented) heard();
    }));
}"""


def held_back(page: Page) -> list[Route]:
    """The steps that are pressed from now on, each on its way until it is let go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/arrange/", hold)
    return held


class TestAStepOfTheComposer:
    @pytest.fixture
    def page(self, cast: Cast, open_page: Callable[..., Page]) -> Page:
        signed_consent(cast, cast.ana)
        a_channel(cast)
        a_channel(cast, "instagram", "@riverbend")
        return begun(signed_in(open_page(), cast.dan))

    def test_whose_answer_is_slow_loses_nothing_that_is_typed_meanwhile(self, page: Page) -> None:
        held = held_back(page)
        with page.expect_request("**/arrange/"):
            page.get_by_role("button", name="+ @riverbend").click()
        page.get_by_text("How it goes out").click()
        page.get_by_label("We pay to have it shown").check()
        page.get_by_label("Find a person").press_sequentially("an")
        words = page.get_by_label("The words for Our wall")
        words.focus()
        words.press("End")
        page.keyboard.type(" Well")
        held.pop().continue_()
        expect(page.get_by_role("tab", name="@riverbend")).to_be_visible()
        page.keyboard.type("!")
        expect(words).to_have_value("Wash your hands. Well!")
        expect(page.get_by_label("We pay to have it shown").first).to_be_checked()
        expect(page.get_by_role("button", name="The words use Ana")).to_be_visible()
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        assert Version.objects.get(account__handle="Our wall").caption == "Wash your hands. Well!"

    def test_answers_whoever_types_the_moment_it_stands(self, page: Page) -> None:
        page.evaluate(TYPE_AT_ONCE)
        page.get_by_role("button", name="+ @riverbend").click()
        expect(page.get_by_role("button", name="The words use Ana")).to_be_visible()

    def test_that_fails_lets_the_gate_answer_to_what_was_typed_meanwhile(self, page: Page) -> None:
        held = held_back(page)
        with page.expect_request("**/arrange/"):
            page.get_by_role("button", name="+ @riverbend").click()
        page.evaluate(HEAR_UNASKED)
        page.get_by_label("The words for Our wall").fill("")
        page.evaluate("() => window.unasked")
        with page.expect_response("**/preview/"):
            held.pop().abort()
        expect(page.get_by_text("Postern cannot be reached; nothing was changed.")).to_be_visible()
        expect(page.get_by_label("The words for Our wall")).to_have_value("")
