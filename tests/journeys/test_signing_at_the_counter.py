"""At the counter: Finn asks Ana for consent, Freya witnesses, Ana signs on the tablet, Finn takes it back."""

import io

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect
from pypdf import PdfReader

from consent.access.middleware import TABLET_COOKIE
from consent.audit.rules import Actor
from consent.evidence.models import CopyGiven, Signature
from consent.evidence.queries import document_bytes, signature_evidence
from consent.records.models import Consent
from consent.signing.models import Ceremony
from posts.publishing.work import seal_once
from tests.cast import PIN, Cast
from tests.ceremonies import answered, handed_over, sample_wording
from tests.journeys.signing import TABLET, Look, draw, draw_by_finger, enter_as, go_on, hand_over, press

pytestmark = pytest.mark.django_db(transaction=True)
ON_ITS_SIDE: ViewportSize = {"width": TABLET["height"], "height": TABLET["width"]}


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    assert cast.location.pk
    sample_wording(cast)
    return cast


class TestAnAdult:
    def test_signs_on_a_tablet_that_is_turned_and_loses_its_connection(self, cast, open_page, axe):
        page = open_page(**TABLET)
        enter_as(page, cast.finn)
        hand_over(page, axe, cast.ana.pk)
        assert page.goto("/p/riverbend/people/").status == 403
        axe(page)
        page.goto("/tablet/")
        go_on(page, axe)
        go_on(page, axe, button="Yes, on this screen")
        go_on(page, axe, "My first name only", "My face in photos or video")
        marks_while_it_is_turned_and_offline(page, axe)
        go_on(page, axe, "Regular posts that stay up", "More than one post, within the limits on this form")
        go_on(page, axe, "To tell people about our care, with my story (a testimonial)")
        axe(page)
        page.get_by_label("On an earlier day").check()
        axe(page)
        page.locator("[name=ends][value=offered]").check()
        press(page, "Continue")
        go_on(page, axe, "I read this form, or someone read it to me.")
        axe(page)
        page.mouse.click(*_middle(page))
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.locator("[role=alert]")).to_contain_text("only a dot")
        draw_by_finger(page)
        with page.expect_response("**/tablet/copy/"):
            page.get_by_role("button", name="Sign", exact=True).click()
            expect(page.locator("h1")).to_have_text("Thank you")
            expect(page.locator("#copy")).to_contain_text("is being made")
            axe(page)
            assert seal_once(by=Actor("worker", "1"), clock=timezone.now)
            expect(page.locator("#copy")).to_contain_text("this is your copy")
        axe(page)
        stays_signed(cast, page)
        press(page, "Done: give the tablet back")
        axe(page)
        page.go_back()
        expect(page.locator("h1")).to_have_text("Please give the tablet back to the front desk")
        page.fill("[name=pin]", PIN)
        page.get_by_role("button", name="Take the tablet back").click()
        page.wait_for_url(f"**/p/riverbend/people/{cast.ana.pk}/")
        assert not [cookie for cookie in page.context.cookies() if cookie.get("name") == "postern_tablet"]

    def test_ends_it_kindly_with_no_thanks(self, cast, open_page, axe):
        page = open_page(**TABLET)
        enter_as(page, cast.finn)
        hand_over(page, axe, cast.ana.pk)
        go_on(page, axe)
        go_on(page, axe, button="Yes, on this screen")
        answers = [
            page.get_by_role("button", name=name, exact=True).bounding_box()
            for name in ("No thanks", "Continue")
        ]
        assert all(answers)
        assert len({(box["width"], box["height"]) for box in answers if box}) == 1
        page.get_by_role("button", name="No thanks").click()
        expect(page.locator("body")).to_contain_text("Nothing changes in your care")
        axe(page)
        assert not Consent.objects.exists()
        assert Ceremony.objects.get().answers == {}


def marks_while_it_is_turned_and_offline(page: Page, look: Look) -> None:
    """Two places are marked; the connection goes, the tablet is turned, and both are still marked."""
    places = [page.get_by_label(label, exact=True) for label in ("Our website", "Instagram")]
    look(page)
    for place in places:
        place.check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("What you marked is still here")
    look(page)
    page.set_viewport_size(ON_ITS_SIDE)
    for place in places:
        expect(place).to_be_checked()
    look(page)
    page.context.set_offline(False)
    press(page, "Continue")


def stays_signed(cast, page):
    """The consent is for what was marked; its document and copy are there; the page shows the address on the paper."""
    consent = Consent.objects.get(person=cast.ana)
    assert consent.signature is not None
    assert set(consent.scope["elements"]) == {"first_name", "face"}
    assert set(consent.scope["platforms"]) == {"website", "instagram"}
    evidence = signature_evidence([consent.signature.pk])[consent.signature.pk]
    assert evidence.document is not None
    assert evidence.state.state == "complete"
    assert CopyGiven.objects.get().method == "screen"
    pages = PdfReader(io.BytesIO(document_bytes(evidence.document))).pages
    printed = "".join("".join(sheet.extract_text() for sheet in pages).split())
    assert page.locator(".own-page-address").inner_text() in printed


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

    def test_wipes_itself_when_nobody_touches_it(self, cast, open_page, axe):
        at = timezone.now()
        ceremony, token = handed_over(cast, at=at)
        answered(ceremony, until="review", at=at)
        page = open_page(width=1280, height=800)
        page.context.add_cookies(
            [{"name": TABLET_COOKIE, "value": token, "domain": "localhost", "path": "/"}]
        )
        page.clock.install()
        with time_machine.travel(at, tick=True) as server:

            def pass_by(seconds: int) -> None:
                server.shift(seconds)
                page.clock.run_for(seconds * 1000)

            page.goto("/tablet/")
            expect(page.locator("h1")).to_have_text("Please read it once more")
            pass_by(91)
            expect(page.get_by_role("dialog")).to_contain_text("Are you still there?")
            axe(page)
            with page.expect_response("**/tablet/here/"):
                page.get_by_role("button", name="I am still here").click()
            expect(page.get_by_role("dialog")).to_be_hidden()
            with page.expect_response("**/tablet/here/"):
                pass_by(16)
            pass_by(80)
            expect(page.get_by_role("dialog")).to_be_visible()
            with page.expect_response("**/tablet/"):
                pass_by(26)
            expect(page.locator("h1")).to_have_text("Please give the tablet back to the front desk")
            assert "Ruiz" not in page.content()
            axe(page)


def _size(page: Page) -> float:
    size: float = page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    return size


def _middle(page: Page) -> tuple[float, float]:
    box = page.locator("#pad").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
