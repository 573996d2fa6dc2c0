"""A patient comes in from an e-mail, sees where she appears, and takes it back: first one place, then all of it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from consent.records.actions import issue_holder_link
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.journeys.signing import PHONE
from tests.journeys.working import work
from tests.posts.outgoing import approved, given_account, given_version


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW, tick=True):
        yield Cast()


def given_story(cast: Cast) -> tuple[Delivery, Delivery]:
    """Ana is on the wall since a minute ago, and planned for Facebook tomorrow."""
    signed_consent(cast, cast.ana)
    deliveries = []
    for adapter, due_at in (("wall", NOW), ("by_hand", NOW + timedelta(days=1))):
        version = approved(cast, given_version(cast, given_account(cast, adapter), cast.ana, picture=True))
        deliveries.append(schedule(version=version, due_at=due_at, by=by(cast.dan), at=NOW))
    work()
    wall, facebook = deliveries
    return wall, facebook


def state_of(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def give_birth_date(page: Page) -> None:
    page.get_by_label("Month").select_option("March")
    page.get_by_label("Day").fill("2")
    page.get_by_label("Year").fill("1984")
    page.get_by_role("button", name="Show me").click()


def see_the_picture(page: Page) -> None:
    """The picture of the first post is not only asked for but there; a picture below the fold comes late."""
    picture = page.get_by_alt_text("Picture in this post").first
    picture.scroll_into_view_if_needed()
    expect(picture).not_to_have_js_property("naturalWidth", 0)


def in_two_taps(page: Page, look: Callable[[Page], None]) -> None:
    """Everything stops: a tap says what that does, another one does it."""
    page.get_by_role("link", name="Stop sharing everything").tap()
    expect(page.get_by_text("What is out now is taken down.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Yes, stop").tap()


class TestAPatient:
    def test_withdraws_one_place_and_then_everything(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], live_server
    ) -> None:
        wall, facebook = given_story(cast)
        _, token = issue_holder_link(person=cast.ana, representation=None, by=by(cast.finn), at=NOW)
        page, stranger = open_page(**PHONE), open_page()
        stranger.goto("/wall/riverbend/")
        expect(stranger.get_by_text("Ana rang the bell today.")).to_be_visible()
        # Webmail is another site: a browser sends it on without our SameSite=Strict cookie.
        page.set_content(f'<a href="{live_server.url}/my/{token}/">My page</a>')
        page.get_by_role("link", name="My page").click()
        expect(page.get_by_role("heading", name="Your own page")).to_be_visible()
        assert token not in page.url
        expect(page.get_by_text("Ana")).to_have_count(0)
        axe(page)

        give_birth_date(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Ana, this is what you allowed.")
        expect(page.get_by_text("Out since")).to_be_visible()
        expect(page.get_by_text("Planned tomorrow")).to_be_visible()
        see_the_picture(page)
        axe(page)

        page.get_by_role("link", name="Stop on Facebook").click()
        expect(page.get_by_text("Nothing new goes to Facebook.")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="Yes, stop").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This stops: Facebook.")
        work()
        assert (state_of(facebook), state_of(wall)) == ("blocked", "published")
        stranger.reload()
        expect(stranger.get_by_text("Ana rang the bell today.")).to_be_visible()

        page.get_by_role("link", name="Back to my page").click()
        expect(page.get_by_text("Stopped. It does not go out.")).to_be_visible()
        in_two_taps(page, axe)
        expect(page.get_by_text("Nothing new starts from now.")).to_be_visible()
        axe(page)
        stranger.reload()
        expect(stranger.get_by_role("heading", level=1)).to_be_visible()
        expect(stranger.get_by_text("Ana")).to_have_count(0)
        work()
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Everything stops.")
        expect(page.get_by_text("Nothing is on its way any more.").first).to_be_visible()
        page.get_by_role("link", name="Back to my page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ana, nothing of you may be shared now.")
        expect(page.get_by_text("Removed today at")).to_be_visible()
        axe(page)

    def test_with_only_the_link_stops_everything_by_keyboard(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None]
    ) -> None:
        _, facebook = given_story(cast)
        _, token = issue_holder_link(person=cast.ana, representation=None, by=by(cast.finn), at=NOW)
        page = open_page(**PHONE)
        page.goto(f"/my/{token}/")
        page.get_by_role("link", name="Stop sharing everything").press("Enter")
        page.get_by_role("button", name="Yes, stop").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Everything stops.")
        work()
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Everything stops.")
        expect(page.get_by_text("Ana")).to_have_count(0)
        axe(page)
        assert state_of(facebook) == "blocked"
        page.get_by_role("button", name="Close my page on this screen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your page is closed")
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("This link does not open a page")
