"""The desk finds somebody while typing, adds a child with her mother, and notes a "please stop"."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.access.models import User
from consent.people.models import Person
from consent.records.actions import revoke
from consent.records.models import Hold
from consent.wording.actions import install_sample_wordings
from tests.cast import Cast, by
from tests.consents import given_authority, signed_consent

SIGNED_IN = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def signed_in(page: Page, user: User) -> None:
    client = Client()
    client.force_login(user, SIGNED_IN)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )


def at_the_desk(cast: Cast) -> None:
    """Ana allowed much and took a part back; Vic's ends soon; Bea's mother is verified."""
    soon = (timezone.now() + timedelta(days=9)).date()
    consent = signed_consent(cast, cast.ana, platforms=["website", "instagram", "facebook"])
    signed_consent(cast, cast.vic, ends_on=soon)
    given_authority(cast, cast.bea, cast.carla)
    revoke(consent=consent, part={"elements": ["face"]}, how="desk", by=by(cast.finn), at=timezone.now())


@pytest.mark.parametrize("width", [1280, 390])
class TestTheDesk:
    def test_finds_reads_and_holds(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        at_the_desk(cast)
        page = open_page(width=width)
        signed_in(page, cast.finn)
        page.goto("/p/riverbend/people/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("rui an")
        expect(page.locator("#found li")).to_have_count(1)
        axe(page)
        page.get_by_role("link", name="Ana Ruiz").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Ana Ruiz")
        expect(page.get_by_text("Looking …")).to_have_count(0)
        axe(page)
        page.get_by_role("button", name="They asked us to stop").click()
        expect(page.get_by_text("Put it in writing with them")).to_be_visible()
        assert Hold.objects.get().person == cast.ana
        axe(page)
        page.get_by_role("link", name="Put it in writing").click()
        expect(page.get_by_role("button", name="Withdraw it now")).to_be_visible()
        axe(page)

    def test_adds_a_child_and_her_mother(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        at_the_desk(cast)
        page = open_page(width=width)
        signed_in(page, cast.finn)
        page.goto("/p/riverbend/people/add/")
        page.get_by_label("Given name").fill("Bea")
        page.get_by_label("Family name").fill("Ruíz")
        page.get_by_label("Birth date").fill("May 5 2017")
        page.get_by_role("button", name="Add this person").click()
        expect(page.get_by_text("Is it one of these?")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="It is somebody else: add").click()
        page.get_by_role("link", name="Record somebody").click()
        page.get_by_label("Carla Ruiz").check()
        page.get_by_label("Parent with legal right to decide").check()
        page.get_by_label("Explain the right to sign").fill("mother, lives with her")
        axe(page)
        page.get_by_role("button", name="Record who may sign").click()
        page.get_by_role("link", name="Look at the paper of Carla Ruiz").click()
        page.get_by_label("Paper we looked at").fill("birth certificate")
        axe(page)
        page.get_by_role("button", name="I have seen it").click()
        expect(page.get_by_text("Carla Ruiz (parent) may sign.")).to_be_visible()
        axe(page)
        assert Person.objects.filter(alias="Bea").count() == 2

    def test_reads_the_forms_as_compliance_and_less_as_a_marketer(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        at_the_desk(cast)
        install_sample_wordings(practice=cast.practice, by=by(cast.eve), at=timezone.now())
        page = open_page(width=width)
        signed_in(page, cast.eve)
        page.goto("/p/riverbend/wordings/")
        axe(page)
        page.get_by_role("link", name="Permission to share my child").click()
        expect(page.get_by_role("heading", name="6. When this permission ends")).to_be_visible()
        axe(page)
        page = open_page(width=width)
        signed_in(page, cast.dan)
        page.goto(f"/p/riverbend/people/{cast.ana.pk}/")
        expect(page.get_by_text("Instagram")).to_be_visible()
        axe(page)
        assert "Ruiz" not in page.content()
