"""Ana answers on her own phone: by a link and a code from home, and by the code on the counter's screen."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.evidence.models import Signature
from consent.signing.actions import show_code
from tests.cast import Cast, by
from tests.ceremonies import prepared, sample_wording, witnessed
from tests.journeys.signing import PHONE, Look, draw, enter_as, go_on, press
from tests.links import address_of, code, paper_made, token

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    assert cast.location.pk
    sample_wording(cast)
    address_of(cast, cast.ana)
    return cast


def answer_all(page: Page, look: Look) -> None:
    """From the welcome to the signature, one question after the other."""
    go_on(page, look)
    go_on(page, look, button="Yes, on this screen")
    go_on(page, look, "My first name only", "My face in photos or video")
    go_on(page, look, "Our website")
    go_on(page, look, "Regular posts that stay up", "More than one post, within the limits on this form")
    go_on(page, look, "To tell people about our care, with my story (a testimonial)")
    page.locator("[name=ends][value=offered]").check()
    press(page, "Continue")
    go_on(page, look, "I read this form, or someone read it to me.")


def sign_here(page: Page, look: Look) -> None:
    look(page)
    draw(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("h1")).to_have_text("Thank you")
    look(page)


class TestByLink:
    def test_an_adult_signs_from_home_and_finds_her_copy(self, cast, open_page, axe, live_server):
        desk, phone = open_page(), open_page(**PHONE)
        at = timezone.now()
        ceremony = prepared(cast, at=at)
        enter_as(desk, cast.finn)
        desk.goto(f"/p/riverbend/ceremonies/{ceremony.pk}/")
        axe(desk)
        desk.get_by_role("button", name="Send a link to ana@example.org").click()
        expect(desk.get_by_text("The link is on its way")).to_be_visible()
        axe(desk)

        # Webmail is another site: a browser sends it on without our SameSite=Strict cookie.
        phone.set_content(f'<a href="{live_server.url}/sign/{token()}/">Open it</a>')
        phone.get_by_role("link", name="Open it").click()
        expect(phone.locator("h1")).to_have_text("A form from Riverbend Family Practice")
        assert phone.url.endswith("/sign/")
        axe(phone)
        press(phone, "Continue")
        axe(phone)
        phone.get_by_label("The six digits").fill("000000" if code() != "000000" else "111111")
        phone.get_by_role("button", name="Open the form").click()
        expect(phone.get_by_role("alert")).to_contain_text("You have 4 more")
        axe(phone)
        phone.get_by_label("The six digits").fill(code())
        press(phone, "Open the form")
        answer_all(phone, axe)
        sign_here(phone, axe)
        paper_made(timezone.now())
        assert Signature.objects.get().factor == "one_time_code"
        phone.get_by_role("button", name="E-mail me this address").click()
        expect(phone.get_by_text("on its way to your e-mail")).to_be_visible()
        axe(phone)
        phone.goto("/sign/")
        press(phone, "Done: close this page")
        expect(phone.locator("h1")).to_have_text("This form is already signed")
        axe(phone)
        phone.go_back()
        expect(phone.locator("h1")).to_have_text("This form is already signed")

    def test_a_link_that_opens_nothing_says_what_to_do_in_both_languages(self, cast, open_page, axe):
        page = open_page(**PHONE)
        page.goto("/sign/not-a-link/")
        expect(page.get_by_role("heading", name="Este enlace no abre ningún formulario")).to_be_visible()
        axe(page)


class TestByTheCodeOnTheScreen:
    def test_the_counter_sees_how_far_the_phone_is(self, cast, open_page, axe):
        at = timezone.now()
        ceremony = witnessed(cast, prepared(cast, at=at), at=at)
        desk, phone = open_page(), open_page(**PHONE)
        enter_as(desk, cast.finn)
        desk.goto(f"/p/riverbend/ceremonies/{ceremony.pk}/")
        axe(desk)
        desk.get_by_role("button", name="Show a code for their own phone").click()
        status = desk.locator(".progress-now")
        expect(status).to_have_text("Waiting for the phone.")
        expect(desk.locator("#screen-code svg")).to_be_visible()
        axe(desk)
        # The address is drawn, nowhere written: another one for this test.
        secret = show_code(ceremony=ceremony, by=by(cast.finn), at=timezone.now())
        phone.goto(f"/sign/{secret}/")
        axe(phone)
        press(phone, "Continue")
        expect(status).to_have_text("Opened, and reading.")
        expect(desk.locator("#screen-code")).to_contain_text("The code was used")
        axe(desk)
        answer_all(phone, axe)
        expect(status).to_have_text("Signing.")
        sign_here(phone, axe)
        expect(status).to_have_text("Signed.")
        paper_made(timezone.now())
        desk.get_by_role("link", name="Go on").click()
        expect(desk.get_by_role("link", name="Open the document")).to_be_visible()
        assert Signature.objects.get().witness == cast.freya
