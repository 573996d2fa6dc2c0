"""Rita uses a passkey instead of a phone: she adds it, comes back with it, renames and removes it."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from consent.access.models import Membership, User
from tests.cast import NOW, PASSWORD, Cast
from tests.journeys.entering import sign_in

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def rita(transactional_db: None) -> User:
    cache.clear()
    user = User.objects.create_user("rita@example.org", PASSWORD, name="Rita")
    Membership.objects.create(practice=Cast().practice, user=user, roles=["front_desk"], since=NOW)
    return user


def plug_in(page: Page) -> None:
    """A fingerprint reader that always says yes."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


class TestAPasskey:
    def test_is_a_second_factor_from_the_first_day_to_the_last(self, rita, page, axe):
        plug_in(page)
        sign_in(page, rita.email)
        page.get_by_role("link", name="Use a passkey instead").click()
        expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
        axe(page)
        page.get_by_label("Name").fill("Front desk computer")
        page.get_by_role("button", name="Add this device").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        page.goto("/me/")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_text("You are signed out.")).to_be_visible()

        sign_in(page, rita.email)
        expect(page.get_by_role("heading", name="Now your second factor")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/p/riverbend/")

        page.goto("/account/2fa/webauthn/")
        axe(page)
        page.get_by_role("link", name="Rename").click()
        page.get_by_label("Name").fill("Counter")
        page.get_by_role("button", name="Save the name").click()
        page.get_by_role("link", name="Remove").click()
        expect(page.get_by_role("heading", name="Remove “Counter”?")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="Remove the passkey").click()
        expect(page.get_by_role("heading", name="Remove “Counter”?")).to_have_count(0)
        page.wait_for_load_state()
        page.goto("/me/")
        expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
