"""Ana answers on her own phone: by a link and a code from home, and by the code on the counter's screen."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.access.middleware import TABLET_COOKIE
from consent.evidence.models import Signature
from consent.signing.actions import show_code
from consent.signing.models import Ceremony
from tests.cast import Cast, by
from tests.ceremonies import answered, handed_over, prepared, sample_wording, witnessed
from tests.journeys.test_front_desk_signs import draw, go_on, press, sign_in
from tests.links import address_of, code, paper_made, sent, speaking_spanish, token

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844, "has_touch": True}
Look = Callable[[Page], None]


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
        sign_in(desk, cast)
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

    def test_a_spanish_speaker_reads_every_sentence_of_ours_in_spanish(self, cast, open_page, axe):
        sent(cast, speaking_spanish(cast, timezone.now()), at=timezone.now())
        page = open_page(**PHONE)
        page.goto(f"/sign/{token()}/")
        expect(page.locator("h1")).to_have_text("Un formulario de Riverbend Family Practice")
        assert page.locator("html").get_attribute("lang") == "es"
        press(page, "Continuar")
        page.get_by_label("Las seis cifras").fill(code())
        press(page, "Abrir el formulario")
        expect(page.get_by_text("Hola, Ana Ruiz.")).to_be_visible()
        axe(page)
        press(page, "Continuar")
        expect(page.locator("h1")).to_have_text("¿En esta pantalla o en papel?")
        page.get_by_role("button", name="No, gracias").click()
        expect(page.locator("h1")).to_have_text("Gracias")
        axe(page)

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
        sign_in(desk, cast)
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


class TestTheTablet:
    @pytest.fixture
    def tablet(self, cast, open_page):
        at = timezone.now()
        ceremony, secret = handed_over(cast, at=at)
        page = open_page(width=1180, height=820)
        page.context.add_cookies(
            [{"name": TABLET_COOKIE, "value": secret, "domain": "localhost", "path": "/"}]
        )
        return ceremony, page

    def test_keeps_what_was_marked_when_the_connection_is_gone_and_when_it_is_turned(self, tablet, axe):
        ceremony, page = tablet
        answered(ceremony, until="elements", at=timezone.now())
        page.goto("/tablet/")
        page.get_by_label("My first name only", exact=True).check()
        page.context.set_offline(True)
        page.get_by_role("button", name="Continue", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("What you marked is still here")
        axe(page)
        page.set_viewport_size({"width": 820, "height": 1180})
        expect(page.get_by_label("My first name only", exact=True)).to_be_checked()
        page.context.set_offline(False)
        press(page, "Continue")
        assert set(Ceremony.objects.get().answers["elements"]) == {"first_name"}

    def test_keeps_the_drawing_when_it_is_turned(self, tablet):
        ceremony, page = tablet
        answered(ceremony, at=timezone.now())
        page.goto("/tablet/")
        draw(page)
        page.set_viewport_size({"width": 820, "height": 1180})
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.locator("h1")).to_have_text("Thank you")
        assert Signature.objects.get().method == "drawn"

    def test_has_larger_text_until_it_leaves_these_hands_and_reads_aloud(self, tablet, axe):
        _, page = tablet
        page.goto("/tablet/")
        small = _size(page)
        page.get_by_role("button", name="Larger text").click()
        assert _size(page) > small * 1.25
        axe(page)
        press(page, "Continue")
        expect(page.get_by_role("button", name="Usual text size")).to_have_attribute("aria-pressed", "true")
        assert _size(page) > small * 1.25
        read = page.locator("[data-read]")
        expect(read).to_have_text("Read aloud")
        read.click()
        expect(read).to_have_text("Stop reading")
        read.click()
        expect(read).to_have_text("Read aloud")
        press(page, "No thanks")
        press(page, "Done: give the tablet back")
        assert page.evaluate("sessionStorage.length") == 0

    def test_can_be_put_on_the_home_screen_and_keeps_nothing_there(self, tablet):
        _, page = tablet
        page.goto("/tablet/")
        address = page.locator("link[rel=manifest]").get_attribute("href")
        manifest = page.request.get(address).json()
        assert (manifest["start_url"], manifest["display"]) == ("/tablet/", "standalone")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0

    def test_shows_nothing_in_a_second_tab_once_it_is_done(self, tablet):
        _, page = tablet
        page.goto("/tablet/")
        press(page, "No thanks")
        press(page, "Done: give the tablet back")
        other = page.context.new_page()
        for again in (other, page):
            again.goto("/tablet/")
            expect(again.locator("h1")).to_have_text("Please give the tablet back to the front desk")
            again.reload()
            assert "Ana" not in again.content()


def _size(page: Page) -> float:
    size: float = page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    return size
