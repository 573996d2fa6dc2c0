"""A guest scans the poster of an event with her own phone; staff see her in person, and then she signs."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consent.cards.actions import note_no_photo
from consent.cards.models import Card
from consent.evidence.models import Signature
from tests.cast import PIN, Cast, by
from tests.ceremonies import sample_wording
from tests.events import fair, poster
from tests.journeys.signing import draw, enter_as, go_on, press
from tests.links import paper_made

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844, "has_touch": True}


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    assert cast.location.pk
    sample_wording(cast)
    return cast


def begins(phone, look, given):
    """The name, on the guest's phone."""
    look(phone)
    phone.get_by_label("First name").fill(given)
    phone.get_by_label("Last name").fill("Moss")
    phone.get_by_label("Birth date").fill("1990-05-04")
    press(phone, "Read the card")


def answers(phone, look):
    """Every question, and once more the whole card."""
    go_on(phone, look)
    go_on(phone, look, button="Yes, on this screen")
    go_on(phone, look, "My face in photos or video")
    go_on(phone, look, "Our website")
    go_on(phone, look, "Regular posts that stay up")
    go_on(phone, look, "To show this event")
    phone.locator("[name=ends][value=offered]").check()
    press(phone, "Continue")
    go_on(phone, look, "I read this form, or someone read it to me.")


def confirm(desk, digits):
    """Finn looked at a photo ID, and Freya beside him types her PIN."""
    desk.get_by_label("Digits on the guest’s phone").fill(digits)
    desk.get_by_label("I looked at a photo ID").check()
    desk.get_by_label("The guest is awake and calm").check()
    desk.get_by_label("Witness").select_option(label="Freya")
    desk.get_by_label("Your own PIN").fill(PIN)
    desk.get_by_role("button", name="We have seen this guest").click()


class TestAnOpenHouse:
    def test_is_opened_and_its_poster_printed(self, cast, open_page, axe):
        desk = open_page()
        enter_as(desk, cast.finn)
        desk.goto("/p/riverbend/events/")
        axe(desk)
        desk.get_by_role("link", name="Open an event").click()
        axe(desk)
        desk.get_by_label("What it is called").fill("Riverbend 5K")
        desk.get_by_label("Where it is").fill("Riverside Park")
        desk.get_by_label("Privacy notice at the table, version").fill("2026-01")
        press(desk, "Open the event")
        expect(desk.locator("h1")).to_have_text("Riverbend 5K")
        axe(desk)
        desk.get_by_role("button", name="Make a poster").click()
        expect(desk.locator(".poster-code svg")).to_be_visible()
        axe(desk)
        desk.set_viewport_size({"width": 390, "height": 844})
        axe(desk)

    def test_a_guest_signs_once_two_members_have_seen_her(self, cast, open_page, axe):
        now = timezone.now()
        gathering = fair(cast, day=now.date(), at=now)
        note_no_photo(gathering=gathering, words="Red jacket", by=by(cast.finn), at=now)
        desk, phone = open_page(), open_page(**PHONE)
        enter_as(desk, cast.finn)
        phone.goto(f"/card/{poster(cast, gathering, at=now)}/")
        assert phone.url.endswith("/card/")
        begins(phone, axe, "Gia")
        answers(phone, axe)
        expect(phone.locator("h1")).to_have_text("Card 1: now let our team see you")
        axe(phone)

        desk.goto(f"/p/riverbend/events/{gathering.pk}/")
        axe(desk)
        desk.get_by_role("link", name="They are here").click()
        axe(desk)
        confirm(desk, phone.locator(".my-digits").inner_text())
        expect(desk.get_by_text("Card 1 was seen.")).to_be_visible()

        expect(phone.locator("#pad")).to_be_visible()
        axe(phone)
        draw(phone)
        phone.get_by_role("button", name="Sign", exact=True).click()
        expect(phone.locator("h1")).to_have_text("Thank you")
        paper_made(timezone.now())
        expect(phone.get_by_text("this is the way to your copy")).to_be_visible()
        axe(phone)
        expect(desk.locator(".counts")).to_contain_text("Signed")
        desk.reload()
        expect(desk.get_by_text("may be shown: face")).to_be_visible()
        axe(desk)
        desk.set_viewport_size({"width": 390, "height": 844})
        axe(desk)
        desk.get_by_role("link", name="List to print").click()
        axe(desk)
        assert Signature.objects.get().witness == cast.freya

        press(phone, "Done: close this page")
        phone.go_back()
        assert "Gia" not in phone.content()
        phone.goto("/card/")
        begins(phone, axe, "Hal")
        assert "Gia" not in phone.content()
        assert Card.objects.count() == 2

    def test_a_code_that_leads_nowhere_says_so_in_both_languages(self, cast, open_page, axe):
        page = open_page(**PHONE)
        page.goto("/card/not-a-code/")
        expect(page.get_by_role("heading", name="Esta tarjeta no se puede llenar ahora")).to_be_visible()
        axe(page)
