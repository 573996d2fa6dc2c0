"""A marketer posts by hand and is stopped while the page is open; what was posted comes down with proof."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Page, expect

from consent.access.models import User
from consent.records.actions import revoke
from consent.records.models import Consent
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery, Pause
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.desk import as_
from tests.journeys.working import work
from tests.posts.outgoing import CAPTION, approved, given_account, given_version

ADDRESS = "https://facebook.example/posts/1"


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW, tick=True):
        yield Cast()


def given_story(cast: Cast) -> tuple[Consent, Delivery]:
    """A post about Ana that is due by hand."""
    consent = signed_consent(cast, cast.ana)
    version = approved(cast, given_version(cast, given_account(cast, "by_hand"), cast.ana, picture=True))
    return consent, schedule(version=version, due_at=NOW, by=by(cast.dan), at=NOW)


def signed_in(page: Page, user: User) -> Page:
    value = as_(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )
    return page


class TestAMarketer:
    def test_posts_by_hand_is_stopped_and_takes_it_down(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None]
    ) -> None:
        consent, delivery = given_story(cast)
        page = signed_in(open_page(width=390), cast.dan)
        page.goto("/p/riverbend/going-out/")
        axe(page)
        page.get_by_role("link", name="Post it").click()
        expect(page.get_by_role("button", name="I will post it")).to_be_visible()
        expect(page.get_by_label("Text")).to_have_count(0)
        page.get_by_role("button", name="I will post it").click()
        expect(page.get_by_role("button", name="Post it now")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="Post it now").click()
        expect(page.get_by_label("Text")).to_have_value(CAPTION)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download picture 1").click()
        assert download.value.suggested_filename == "picture-1.png"
        axe(page)

        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW + timedelta(minutes=1))
        expect(page.get_by_role("alert")).to_contain_text("Stop")
        expect(page.get_by_label("Text")).to_have_count(0)
        axe(page)

        page.get_by_label("The address of the post").fill(ADDRESS)
        page.get_by_role("button", name="It is out").click()
        expect(page.get_by_text("Thank you. It is out.")).to_be_visible()
        axe(page)
        work()
        page.goto("/p/riverbend/takedowns/")
        axe(page)
        page.get_by_role("link", name="Take it down").click()
        page.get_by_label("What do you see").fill("The page says that the post is gone.")
        axe(page)
        page.get_by_role("button", name="It is gone").click()
        expect(page.get_by_text("Thank you. It is noted, with your name.")).to_be_visible()
        assert Delivery.objects.get(pk=delivery.pk).takedowns.get().done_by == cast.dan


class TestAnOwner:
    def test_opens_a_channel_pauses_everything_and_resumes(
        self, cast: Cast, page: Page, axe: Callable[[Page], None]
    ) -> None:
        signed_in(page, cast.olga)
        given_account(cast, "by_hand")
        page.goto("/p/riverbend/channels/open/")
        axe(page)
        page.get_by_label("Name of the account").fill("Our wall")
        page.get_by_label("Postern shows it on the practice wall").check()
        page.get_by_role("button", name="Open the channel").click()
        expect(page.get_by_text("Our wall is open.")).to_be_visible()
        axe(page)
        page.goto("/p/riverbend/going-out/")
        page.get_by_text("Pause everything", exact=True).click()
        page.get_by_label("Why?").fill("We look into something.")
        page.get_by_role("button", name="Pause everything now").click()
        expect(page.get_by_text("Publishing is paused, since")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="Resume publishing").click()
        expect(page.get_by_text("Publishing goes on.")).to_be_visible()
        assert not Pause.objects.filter(resumed_at=None).exists()
