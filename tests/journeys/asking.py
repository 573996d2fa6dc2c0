"""What a marketer does to ask for a story: keep it, say who is who, begin the post, ask, send the link by hand."""

import re

from playwright.sync_api import Page, expect

from posts.community.models import Story
from tests.journeys.signing import Look
from tests.stories import ADDRESS, WORDS

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


def keep(page: Page, look: Look) -> None:
    """Paste the address, the words and a screenshot of what was found."""
    page.goto("/p/riverbend/stories/")
    expect(page.get_by_text("No story yet.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Keep a story").first.click()
    expect(page.get_by_label("Address of the post")).to_be_focused()
    # The field has the focus before the scripts are there that read what is typed.
    page.wait_for_load_state("load")
    page.keyboard.insert_text(ADDRESS)
    expect(page.get_by_text("A post on Instagram by @rosa.runs.")).to_be_visible()
    expect(page.get_by_label("Name of the account")).to_have_value("@rosa.runs")
    page.get_by_label("Posted on").fill("2026-11-20")
    page.get_by_label("What it says, word for word").fill(WORDS)
    page.evaluate(PASTE)
    expect(page.get_by_text("Chosen: screenshot.png")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Keep this story").click()
    expect(page.get_by_text("It is no permission yet")).to_be_visible()
    expect(page.get_by_role("img", name="Screenshot of the post")).to_be_visible()
    look(page)


def say_who(page: Page, look: Look) -> None:
    """Ana made it, and nobody else is in it."""
    page.get_by_role("link", name="Say who made it").click()
    expect(page.get_by_role("radio", name="Made it")).to_be_checked()
    page.wait_for_load_state("load")  # its scripts are there: what is typed before they are asks nobody
    page.get_by_role("searchbox").press_sequentially("ana")
    page.get_by_role("radio", name="Ana").check()
    page.get_by_role("radio", name="A patient, or was one").check()
    page.get_by_role("radio", name="18 or older").check()
    look(page)
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("button", name="Nobody else is in it").click()
    expect(page.get_by_text("Nobody else is in it, says Dan")).to_be_visible()


def write_the_post(page: Page) -> None:
    """Begin the post that would share it on the wall, in her words."""
    page.get_by_role("button", name="Begin the post").click()
    page.get_by_role("button", name="+ Our wall").click()
    page.get_by_label("The words for Our wall").fill(WORDS)
    page.get_by_label("Find a person").press_sequentially("an")
    page.get_by_role("button", name="The words use Ana").click()
    expect(page.get_by_role("checkbox", name="own words about care")).to_be_checked()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved")).to_be_visible()


def ask(page: Page, look: Look, ends_on: str) -> None:
    """Say what is asked for; both papers are made ready."""
    page.goto(f"/p/riverbend/stories/{Story.objects.get().pk}/")
    page.get_by_role("link", name="Ask for it").click()
    expect(page.get_by_label("our website")).to_be_checked()
    page.get_by_label("Until").fill(ends_on)
    page.get_by_label("Version of the privacy notice").fill("2026-01")
    page.get_by_role("button", name="Make the papers ready").click()
    expect(page.get_by_text("Nobody is asked who is too ill to decide.")).to_be_visible()
    look(page)
    page.get_by_label("As far as I know they are well enough").check()
    page.get_by_role("button", name="Make the papers ready").click()


def send_by_hand(page: Page, look: Look) -> str:
    """Make the link, send it by hand, and say so; the token of the link."""
    page.get_by_role("button", name="Make the link and show the words").click()
    message = page.get_by_label("To the author alone, with their own link")
    expect(message).to_have_value(re.compile(r"/story/[\w-]{20,}/"))
    look(page)
    link = re.search(r"/story/([\w-]{20,})/", message.input_value())
    assert link is not None
    page.get_by_role("button", name="Copy the message").click()
    assert page.get_by_role("link", name="Open the post").get_attribute("href") == ADDRESS
    page.get_by_role("button", name="I have sent it").click()
    expect(page.get_by_text("Noted, with the words.")).to_be_visible()
    look(page)
    return link.group(1)
