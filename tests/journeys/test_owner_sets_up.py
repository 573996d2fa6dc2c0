"""The owner records a place and adds a colleague, who comes in by the link and sets up everything of her own."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.entering import sign_in

Axe = Callable[[Page], None]
NEW_PASSWORD = "seven quiet herons"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cache.clear()
    return Cast()


def six_digits(secret: str) -> str:
    _, now, _ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now)))


class TestAnOwner:
    def test_records_a_place_with_a_clear_answer_to_an_unknown_clock(self, cast, page, axe):
        sign_in(page, cast.olga.email)
        page.goto("/p/riverbend/practice/")
        axe(page)
        page.get_by_role("link", name="Add a location").click()
        page.get_by_label("Name of the location").fill("Riverside")
        page.get_by_label("State").select_option("OH")
        page.get_by_label("Profession").select_option("dentist")
        page.get_by_label("Time zone").fill("Mars/Base")
        page.get_by_role("button", name="Add the location").click()
        expect(page.get_by_text("No time zone is called “Mars/Base”")).to_be_visible()
        expect(page.get_by_label("Name of the location")).to_have_value("Riverside")
        axe(page)
        page.get_by_label("Time zone").fill("America/Detroit")
        page.get_by_role("button", name="Add the location").click()
        expect(page.get_by_role("row", name="Dentistry")).to_contain_text("America/Detroit")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_finds_every_page_readable_on_a_phone(self, cast, open_page, axe, scheme):
        page = open_page(width=390, height=844, color_scheme=scheme)
        page.goto("/account/login/?idle=1")
        axe(page)
        sign_in(page, cast.olga.email)
        member = cast.practice.memberships.get(user=cast.olga)
        for path in ("practice/", "practice/change/", "team/", "team/add/", f"team/{member.pk}/"):
            page.goto(f"/p/riverbend/{path}")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        for path in (
            "/me/",
            "/me/pin/",
            "/account/2fa/",
            "/account/password/change/",
            "/p/hilltop/",
            "/p/riverbend/pictures/add/",
        ):
            page.goto(path)
            axe(page)


class TestANewColleague:
    def test_comes_in_by_the_link_and_sets_up_her_own_factor_and_pin(self, cast, page, open_page, axe):
        sign_in(page, cast.olga.email)
        page.goto("/p/riverbend/team/add/")
        page.get_by_label("Name").fill("Nell")
        page.get_by_label("E-mail").fill("nell@example.org")
        page.get_by_label("Front desk").check()
        page.get_by_role("button", name="Add to the team").click()
        page.get_by_role("button", name="Make a link to set a password").click()
        link = page.get_by_label("The link").input_value()
        axe(page)

        hers = open_page(width=390)
        hers.goto(urlsplit(link).path)
        axe(hers)
        hers.locator("[name=new_password1]").fill(NEW_PASSWORD)
        hers.locator("[name=new_password2]").fill(NEW_PASSWORD)
        hers.get_by_role("button", name="Set my password").click()
        expect(hers.get_by_text("Your password is set.")).to_be_visible()
        sign_in(hers, "nell@example.org", NEW_PASSWORD)

        expect(hers.get_by_role("heading", name="Set up your second factor")).to_be_visible()
        axe(hers)
        hers.get_by_text("I cannot scan it").click()
        hers.get_by_label("Authenticator code").fill(six_digits(hers.locator("details code").inner_text()))
        hers.get_by_role("button", name="Set it up").click()
        expect(hers.locator("#recovery_codes li")).to_have_count(10)
        axe(hers)

        hers.goto("/me/pin/")
        hers.get_by_label("New PIN").fill("9075")
        hers.get_by_label("The same PIN again").fill("9075")
        hers.get_by_role("button", name="Change my PIN").click()
        expect(hers.get_by_text("Your PIN is changed.")).to_be_visible()
