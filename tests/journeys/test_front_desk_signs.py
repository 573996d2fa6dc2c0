"""Finn asks Ana for consent, Freya witnesses, Ana signs on the tablet, Finn takes it back."""

import io
from collections.abc import Callable

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from consent.access.middleware import TABLET_COOKIE
from consent.audit.rules import Actor
from consent.evidence.models import CopyGiven
from consent.evidence.queries import document_bytes, signature_evidence
from consent.records.models import Consent
from consent.signing.models import Ceremony
from posts.publishing.work import seal_once
from tests.cast import PIN, Cast
from tests.ceremonies import answered, handed_over, sample_wording
from tests.consents import given_authority

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(1280, 800), (390, 844)]


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    assert cast.location.pk
    sample_wording(cast)
    return cast


def sign_in(page: Page, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.finn, "django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )


def hand_over(page: Page, look: Callable[[Page], None], person: int) -> None:
    """At the desk: prepare, witness, hand over."""
    page.goto(f"/p/riverbend/people/{person}/consent/")
    look(page)
    page.fill("[name=privacy_notice]", "2026-01")
    page.check("[name=capacity_attested]")
    page.click("text=Go on to the witness")
    expect(page.get_by_role("heading", name="A colleague witnesses")).to_be_visible()
    look(page)
    page.check("text=I looked at a photo ID")
    page.select_option("[name=witness]", label="Freya")
    page.fill("[name=pin]", PIN)
    page.click("text=I witness this")
    expect(page.get_by_role("button", name="Hand over the tablet")).to_be_visible()
    look(page)
    page.click("button:has-text('Hand over the tablet')")
    page.wait_for_url("**/tablet/")


def go_on(page: Page, look: Callable[[Page], None], *labels: str, button: str = "Continue") -> None:
    """One screen: look at it, mark the lines, go on."""
    look(page)
    assert page.locator("input:checked").count() == 0
    for label in labels:
        page.get_by_label(label, exact=True).check()
    press(page, button)


def press(page: Page, button: str) -> None:
    """Press a button and wait until the next screen stands."""
    before = page.locator("h1").inner_text()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("h1")).not_to_have_text(before)
    page.wait_for_load_state()


def draw(page: Page) -> None:
    """A signature by mouse."""
    box = page.locator("#pad").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 120)
    page.mouse.down()
    for step, height in enumerate((40, 150, 50, 160, 60, 140, 80, 120)):
        page.mouse.move(box["x"] + 60 + step * 30, box["y"] + height, steps=6)
    page.mouse.up()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_patient_signs_at_the_front_desk(cast, open_page, axe, width, height):
    page = open_page(width=width, height=height, has_touch=width < 500)
    sign_in(page, cast)
    hand_over(page, axe, cast.ana.pk)
    assert page.goto("/p/riverbend/people/").status == 403
    axe(page)
    page.goto("/tablet/")
    go_on(page, axe)
    go_on(page, axe, button="Yes, on this screen")
    go_on(page, axe, "My first name only", "My face in photos or video")
    go_on(page, axe, "Our website", "Instagram")
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
    draw(page)
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


def stays_signed(cast, page):
    """The consent, its document and the copy are there; the page shows the address that is on the paper."""
    consent = Consent.objects.get(person=cast.ana)
    assert consent.signature is not None
    evidence = signature_evidence([consent.signature.pk])[consent.signature.pk]
    assert evidence.document is not None
    assert evidence.state.state == "complete"
    assert CopyGiven.objects.get().method == "screen"
    pages = PdfReader(io.BytesIO(document_bytes(evidence.document))).pages
    printed = "".join("".join(sheet.extract_text() for sheet in pages).split())
    assert page.locator(".own-page-address").inner_text() in printed


def test_a_mother_types_her_name_and_the_child_says_yes(cast, open_page, axe):
    given_authority(cast, cast.bea, cast.carla)
    page = open_page(width=1280, height=800)
    sign_in(page, cast)
    hand_over(page, axe, cast.bea.pk)
    go_on(page, axe)
    go_on(page, axe, button="Yes, on this screen")
    go_on(page, axe, "First name only")
    go_on(page, axe, "Our website")
    go_on(page, axe, "Regular posts", "More than one post, within the limits on this form")
    go_on(page, axe, "To teach people about a health topic")
    page.locator("[name=ends][value=offered]").check()
    press(page, "Continue")
    go_on(page, axe, "Yes, it is okay with me.")
    go_on(page, axe, "I read this form, or someone read it to me.")
    page.get_by_role("button", name="Type my name instead").click()
    axe(page)
    page.fill("[name=typed_name]", "Carla Ruiz")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("h1")).to_have_text("Thank you")
    assert Consent.objects.get().signer == cast.carla


def test_no_thanks_ends_kindly(cast, open_page, axe):
    page = open_page(width=390, height=844)
    sign_in(page, cast)
    hand_over(page, axe, cast.ana.pk)
    go_on(page, axe)
    go_on(page, axe, button="Yes, on this screen")
    answers = [
        page.get_by_role("button", name=name, exact=True).bounding_box() for name in ("No thanks", "Continue")
    ]
    assert all(answers)
    assert len({(box["width"], box["height"]) for box in answers if box}) == 1
    page.get_by_role("button", name="No thanks").click()
    expect(page.locator("body")).to_contain_text("Nothing changes in your care")
    axe(page)
    assert not Consent.objects.exists()
    assert Ceremony.objects.get().answers == {}


def test_a_tablet_that_nobody_touches_wipes_itself(cast, open_page, axe):
    at = timezone.now()
    ceremony, token = handed_over(cast, at=at)
    answered(ceremony, until="review", at=at)
    page = open_page(width=1280, height=800)
    page.context.add_cookies([{"name": TABLET_COOKIE, "value": token, "domain": "localhost", "path": "/"}])
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


def _middle(page: Page) -> tuple[float, float]:
    box = page.locator("#pad").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
