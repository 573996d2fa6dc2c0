"""A reviewer finds something, the author asks to clear it, a second person agrees, and the post is approved."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from posts.clearance.models import Approval, Clearing
from tests.cast import Cast
from tests.drafts import a_channel
from tests.journeys.test_marketer_composes import signed_in


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def seen(page: Page, axe: Callable[[Page], None], name: str) -> None:
    """Nothing on the page breaks WCAG 2.2 AA, and nothing of it lies beyond the edge."""
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} scrolls aside"


def claim_and_be_told(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/p/riverbend/posts/begin/")
    page.get_by_label("What is it about").fill("Walking again")
    page.get_by_role("radio", name="tell people about our care, with a story").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="+ Our wall").click()
    page.get_by_label("The words for Our wall").fill("Someone walks again on Grace Street.")
    gate = page.get_by_role("complementary", name="The gate")
    page.get_by_text("What the post claims").click()
    page.get_by_label("Not everyone gets this result").check()
    expect(gate.get_by_text("It tells of a result that not everyone gets")).to_be_visible()
    gate.get_by_role("button", name="Complete what the post claims").click()
    expect(page.get_by_label("What people can usually expect")).to_be_focused()
    seen(page, axe, "claims")
    page.get_by_label("To…").select_option("before_after")
    expect(page.get_by_label("What was done, by its name")).to_be_visible()
    page.get_by_label("To…").select_option("testimonial")
    expect(page.get_by_label("What was done, by its name")).to_be_hidden()
    page.get_by_label("Not everyone gets this result").uncheck()
    expect(page.get_by_text("Ready for review")).to_be_visible()
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("Sent for review.")).to_be_visible()


def find_something(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/p/riverbend/reviews/")
    page.get_by_role("link", name="Look at it: Walking again").click()
    expect(page.get_by_role("button", name="Turn the keys off")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("article", name="As Our wall will show it")).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_label("The words as you would have them")).to_be_focused()
    page.keyboard.type("ja")
    expect(page.get_by_label("The words as you would have them")).to_be_focused()
    page.get_by_label("The words as you would have them").fill("Someone walks again.")
    page.get_by_role("button", name="Suggest these words").click()
    page.get_by_text("Something here identifies a person").click()
    page.get_by_label("What is it?").select_option("NAME")
    page.get_by_label("What did you see?").fill("Is Grace somebody?")
    seen(page, axe, "finding")
    page.get_by_role("button", name="It identifies someone").click()
    expect(page.get_by_text("Something here points to a person: a name, in the words.")).to_be_visible()
    seen(page, axe, "review-stopped")


def ask_to_clear(page: Page, axe: Callable[[Page], None]) -> None:
    page.reload()
    seen(page, axe, "post-stopped")
    page.get_by_role("button", name="Take it back to change it").click()
    expect(page.get_by_text("Eve suggests other words for Our wall")).to_be_visible()
    seen(page, axe, "composer-suggested")
    page.get_by_role("button", name="Leave them").click()
    gate = page.get_by_role("complementary", name="The gate")
    gate.get_by_role("button", name="Ask to clear it").click()
    seen(page, axe, "ask-to-clear")
    page.get_by_label("Why need this not stop the post?").fill("Grace is the name of our street.")
    page.get_by_role("button", name="Ask to clear it").click()
    expect(page.get_by_text("Dan asks to clear this: “Grace is the name of our street.”")).to_be_visible()
    page.get_by_role("link", name="Go on writing").click()
    expect(page.get_by_text("Ready for review; a second person has to agree")).to_be_visible()
    seen(page, axe, "composer-waiting")
    page.get_by_role("button", name="Send for review").click()


def agree_and_approve(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/p/riverbend/")
    page.get_by_role("link", name="Look at it: Dan asks to clear something").click()
    seen(page, axe, "clearing")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Cleared: Something here points to a person")).to_be_visible()
    page.get_by_role("button", name="Turn the keys off").click()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Turn the keys on")).to_be_focused()
    page.get_by_role("button", name="Turn the keys on").click()
    page.keyboard.press("a")
    expect(page.get_by_role("checkbox", name="I looked at the words")).to_be_focused()
    page.keyboard.press("Space")
    seen(page, axe, "review-cleared")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Nothing waits for review.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
class TestAFinding:
    def test_is_cleared_by_two_people_and_the_post_approved(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        a_channel(cast)
        dan = signed_in(open_page(width=width), cast.dan)
        eve = signed_in(open_page(width=width), cast.eve)

        claim_and_be_told(dan, axe)
        find_something(eve, axe)
        ask_to_clear(dan, axe)
        agree_and_approve(eve, axe)

        assert Approval.objects.count() == 1
        assert Clearing.objects.get().confirmed_by == cast.eve
        dan.goto("/p/riverbend/posts/")
        dan.get_by_role("link", name="Walking again", exact=True).click()
        expect(dan.get_by_text("When shall it go out?")).to_be_visible()
        seen(dan, axe, "post-approved")
