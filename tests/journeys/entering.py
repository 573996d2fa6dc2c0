"""Coming in with e-mail address and password, as far as the page behind the door."""

import re

from playwright.sync_api import Page, expect

from tests.cast import PASSWORD


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in at the door and wait for what is behind it: going on at once would take the form back."""
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("/account/login/"))
    page.wait_for_load_state()
