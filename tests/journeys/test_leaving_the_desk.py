"""What the frame's script does: the menu on a phone, idle sign-out of an open page, knowing what no hand began."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from consent.access.middleware import BACKGROUND_HEADER, SEEN
from consent.signing.models import Ceremony
from tests.cast import PIN, Cast
from tests.ceremonies import prepared, sample_wording, witnessed
from tests.journeys.entering import sign_in


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cache.clear()
    return Cast()


def at_home(page: Page, email: str) -> None:
    """Signed in, on the page about oneself."""
    sign_in(page, email)
    page.goto("/me/")


def last_seen(minutes_ago: int) -> None:
    """Move the server's memory of the last act back."""
    session = Session.objects.get()
    content = session.get_decoded() | {SEEN: (timezone.now() - timedelta(minutes=minutes_ago)).isoformat()}
    Session.objects.save(session.session_key, content, session.expire_date)


class TestAPageLeftOpen:
    def test_goes_to_sign_in_by_itself_after_ten_minutes(self, cast, page):
        page.clock.install()
        at_home(page, cast.dan.email)
        last_seen(11)
        page.clock.fast_forward("10:30")
        expect(page.get_by_text("nothing happened for ten minutes")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()

    def test_stays_while_the_same_person_works_in_another_window(self, cast, page):
        page.clock.install()
        at_home(page, cast.dan.email)
        last_seen(2)
        for _ in range(2):
            with page.expect_response("**/here/"):
                page.clock.fast_forward("10:30")
        expect(page.get_by_role("heading", name="Dan")).to_be_visible()


PRESS_TWICE = """button => { button.click(); window.setTimeout(() => button.click(), 15); }"""


class TestAButtonPressedTwice:
    def test_hands_the_tablet_over_and_takes_it_back(self, cast, page):
        now = timezone.now()
        ends_on = now.date() + timedelta(days=90)
        ceremony = witnessed(cast, prepared(cast, at=now, ends_on=ends_on), at=now)
        at_home(page, cast.finn.email)
        page.goto(f"/p/riverbend/ceremonies/{ceremony.pk}/")
        page.get_by_role("button", name="Hand over the tablet").evaluate(PRESS_TWICE)
        expect(page.get_by_role("heading", name="You can say no")).to_be_visible()
        page.goto("/tablet/return/")
        page.get_by_label("PIN of Finn").fill(PIN)
        page.get_by_role("button", name="Take the tablet back").evaluate(PRESS_TWICE)
        expect(page).to_have_url(re.compile(f"/ceremonies/{ceremony.pk}/"))
        assert Ceremony.objects.get().state == "prepared"

    def test_asks_for_one_consent(self, cast, page):
        sample_wording(cast)
        assert all((cast.location, cast.freya))
        at_home(page, cast.finn.email)
        page.goto(f"/p/riverbend/people/{cast.ana.pk}/consent/")
        page.get_by_label("Privacy notice given, version").fill("2026-01")
        page.get_by_label("The signer is awake and calm").check()
        page.get_by_role("button", name="Go on to the witness").evaluate(PRESS_TWICE)
        expect(page.get_by_role("heading", name="A colleague witnesses")).to_be_visible()
        assert Ceremony.objects.count() == 1


class TestTheScript:
    def test_says_which_requests_no_hand_began(self, cast, page):
        at_home(page, cast.dan.email)
        told: list[bool] = []

        def heard(request: Request) -> None:
            if "/here/" in request.url:
                told.append(BACKGROUND_HEADER.lower() in request.headers)

        page.on("request", heard)
        with page.expect_response("**/here/"):
            page.evaluate("htmx.ajax('GET', '/here/', {target: '#messages', swap: 'none'})")
        page.evaluate(
            """() => {
                const button = document.createElement("button");
                button.setAttribute("hx-get", "/here/");
                button.textContent = "Press me";
                document.querySelector("main").append(button);
                htmx.process(button);
            }"""
        )
        with page.expect_response("**/here/"):
            page.get_by_role("button", name="Press me").click()
        assert told == [True, False]

    def test_opens_the_menu_on_a_phone(self, cast, open_page):
        page = open_page(width=390)
        at_home(page, cast.dan.email)
        sign_out = page.get_by_role("button", name="Sign out")
        expect(sign_out).to_be_hidden()
        page.get_by_role("button", name="Menu").click()
        sign_out.click()
        expect(page.get_by_text("You are signed out.")).to_be_visible()
