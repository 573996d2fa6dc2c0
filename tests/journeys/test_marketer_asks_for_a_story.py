"""A marketer pastes a patient's story, says who is who, begins the post, and asks by hand (S6, R50, R96; G79)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from posts.community.models import Part, RepostRequest, Snapshot, Story
from posts.community.queries import request_of_token
from tests.cast import Cast
from tests.ceremonies import sample_wording
from tests.drafts import a_channel
from tests.journeys.test_marketer_composes import signed_in
from tests.stories import ADDRESS, WORDS, a_story

PASTE = """async () => {
  const canvas = document.createElement("canvas");
  canvas.width = 320; canvas.height = 240;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "seagreen"; pen.fillRect(0, 0, 320, 240);
  pen.fillStyle = "gold"; pen.fillRect(20, 20, 80, 60);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const carrier = new DataTransfer();
  carrier.items.add(new File([blob], "screenshot.png", { type: "image/png" }));
  document.getElementById("id_text").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: carrier, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    assert cast.finn
    assert cast.freya
    assert cast.ana.pk + cast.location.pk
    a_channel(cast)
    return cast


def keep(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/p/riverbend/stories/")
    expect(page.get_by_text("No story yet.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Keep a story").first.click()
    expect(page.get_by_label("Address of the post")).to_be_focused()
    page.keyboard.insert_text(ADDRESS)
    expect(page.get_by_text("A post on Instagram by @rosa.runs.")).to_be_visible()
    expect(page.get_by_label("Name of the account")).to_have_value("@rosa.runs")
    page.get_by_label("Posted on").fill("2026-11-20")
    page.get_by_label("What it says, word for word").fill(WORDS)
    page.evaluate(PASTE)
    expect(page.get_by_text("Chosen: screenshot.png")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Keep this story").click()
    expect(page.get_by_text("It is no permission yet")).to_be_visible()
    expect(page.get_by_role("img", name="Screenshot of the post")).to_be_visible()
    axe(page)


def say_who(page: Page, axe: Callable[[Page], None]) -> None:
    page.get_by_role("link", name="Say who made it").click()
    expect(page.get_by_role("radio", name="Made it")).to_be_checked()
    page.get_by_role("searchbox").press_sequentially("ana")
    page.get_by_role("radio", name="Ana").check()
    page.get_by_role("radio", name="A patient, or was one").check()
    page.get_by_role("radio", name="18 or older").check()
    axe(page)
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("button", name="Nobody else is in it").click()
    expect(page.get_by_text("Nobody else is in it, says Dan")).to_be_visible()


def write_the_post(page: Page) -> None:
    page.get_by_role("button", name="Begin the post").click()
    page.get_by_role("button", name="+ Our wall").click()
    page.get_by_label("The words for Our wall").fill(WORDS)
    page.get_by_label("Find a person").press_sequentially("an")
    page.get_by_role("button", name="The words use Ana").click()
    page.get_by_role("checkbox", name="own words about care").check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved")).to_be_visible()


def ask(page: Page, axe: Callable[[Page], None], ends_on: str) -> None:
    page.goto(f"/p/riverbend/stories/{Story.objects.get().pk}/")
    page.get_by_role("link", name="Ask for it").click()
    expect(page.get_by_label("our website")).to_be_checked()
    page.get_by_label("Until").fill(ends_on)
    page.get_by_label("Version of the privacy notice").fill("2026-01")
    page.get_by_role("button", name="Make the papers ready").click()
    expect(page.get_by_text("Nobody is asked who is too ill to decide.")).to_be_visible()
    axe(page)
    page.get_by_label("As far as I know they are well enough").check()
    page.get_by_role("button", name="Make the papers ready").click()


def send_by_hand(page: Page, axe: Callable[[Page], None]) -> str:
    page.get_by_role("button", name="Make the link and show the words").click()
    message = page.get_by_label("To the author alone, with their own link")
    expect(message).to_have_value(re.compile(r"/story/[\w-]{20,}/"))
    axe(page)
    link = re.search(r"/story/([\w-]{20,})/", message.input_value())
    assert link is not None
    page.get_by_role("button", name="Copy the message").click()
    assert page.get_by_role("link", name="Open the post").get_attribute("href") == ADDRESS
    page.get_by_role("button", name="I have sent it").click()
    expect(page.get_by_text("Noted, with the words.")).to_be_visible()
    axe(page)
    return link.group(1)


@pytest.mark.parametrize("width", [1280, 390])
class TestAMarketer:
    def test_pastes_a_story_and_asks_for_it_by_hand(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        from django.utils import timezone

        page = signed_in(open_page(width=width), cast.dan)
        keep(page, axe)
        assert Snapshot.objects.get().picture_sha256
        say_who(page, axe)
        assert Part.objects.get(ended_at=None).person == cast.ana
        write_the_post(page)
        ask(
            page,
            axe,
            (timezone.now().date().replace(day=1)).replace(year=timezone.now().year + 1).isoformat(),
        )
        token = send_by_hand(page, axe)
        assert request_of_token(token) == RepostRequest.objects.get()

        page.get_by_text("They replied").click()
        page.get_by_label("What they wrote").fill("#yes")
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_text("They answered, and that is not sufficient.")).to_be_visible()
        axe(page)
        page.goto("/p/riverbend/stories/?view=board")
        expect(page.get_by_role("heading", name="Author replied 1")).to_be_visible()
        axe(page)
        page.get_by_role("link", name="List", exact=True).click()
        expect(page.get_by_role("link", name="Open the story of @rosa.runs")).to_be_visible()
        axe(page)

    def test_is_led_to_the_story_that_a_colleague_kept_and_leaves_a_kind_word(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        a_story(cast)
        page = signed_in(open_page(width=width), cast.mia)
        page.goto("/p/riverbend/stories/keep/")
        page.get_by_label("Address of the post").fill(ADDRESS + "?utm_source=x")
        expect(page.get_by_text("This story is here already: Dan kept it.")).to_be_visible()
        axe(page)
        page.get_by_role("link", name="Open the one that is here").click()
        expect(page.get_by_role("heading", level=1, name="@rosa.runs")).to_be_visible()
        page.context.route(re.compile("instagram"), lambda route: route.fulfill(body="A post"))
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Like it").focus()
            page.keyboard.press("Enter")
        assert opened.value.url == ADDRESS
        expect(page.get_by_text("Liked: Mia")).to_be_visible()
        axe(page)
        assert Story.objects.get().sign == "like"
