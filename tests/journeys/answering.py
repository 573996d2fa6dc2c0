"""What an author does on their own phone: come in by the link and a code, license, permit, sign with a finger."""

from playwright.sync_api import Page, expect

from tests.journeys.signing import Look, draw_by_finger, go_on, press
from tests.links import ADDRESS, code
from tests.stories import WORDS


def comes_in(phone: Page, link: str, look: Look) -> None:
    """From the link to her papers."""
    phone.goto(link)
    expect(phone.locator("h1")).to_have_text("Riverbend Family Practice asks: may we share your post?")
    assert phone.url.endswith("/story/")
    look(phone)
    phone.get_by_role("link", name="Go on").click()
    look(phone)
    phone.get_by_label("E-mail").fill(ADDRESS)
    press(phone, "Send me the code")
    look(phone)
    phone.get_by_label("The six digits").fill(code())
    press(phone, "Go on")
    expect(phone.locator("h1")).to_have_text("Your papers")
    expect(phone.get_by_text(WORDS)).to_be_visible()
    look(phone)


def licenses(phone: Page, look: Look) -> None:
    """The first paper, to the signature."""
    phone.get_by_role("link", name="Read the form").click()
    expect(phone.locator("h1")).not_to_have_text("Your papers")
    go_on(phone, look)
    go_on(phone, look, button="Yes, on this screen")
    go_on(phone, look, "Website")
    go_on(phone, look, "Regular posts that stay up", "As it is, whole")
    go_on(phone, look, "No, nothing of this")
    signs(phone, look)


def permits(phone: Page, look: Look) -> None:
    """The second paper, to the signature."""
    press(phone, "Go on to the next paper")
    go_on(phone, look)
    go_on(phone, look, button="Yes, on this screen")
    go_on(phone, look, "My own words about my care")
    go_on(phone, look, "Our website")
    look(phone)
    phone.get_by_label("Regular posts that stay up").check()
    phone.locator("[name=only_this_post][value=one]").check()
    press(phone, "Continue")
    go_on(phone, look, "To tell people about our care, with my story (a testimonial)")
    signs(phone, look)


def signs(phone: Page, look: Look) -> None:
    """When it ends, read once more, signed with a finger."""
    look(phone)
    phone.locator("[name=ends][value=offered]").check()
    press(phone, "Continue")
    go_on(phone, look, "I read this form, or someone read it to me.")
    draw_by_finger(phone)
    phone.get_by_role("button", name="Sign", exact=True).click()
    expect(phone.locator("h1")).to_have_text("Thank you")
    look(phone)
