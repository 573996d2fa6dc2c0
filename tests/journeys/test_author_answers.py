"""Ana licenses and allows her story on her phone, on two papers; a stranger who has her link learns nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from consent.evidence.models import Signature
from consent.records.models import Consent
from posts.community.actions import begin_request, link_for_author
from posts.community.models import RepostRequest
from tests.cast import Cast, by
from tests.ceremonies import sample_wording
from tests.journeys.answering import comes_in, licenses, permits
from tests.journeys.signing import PHONE, press
from tests.links import address_of, code
from tests.stories import TERMS, a_repost, a_story, known

pytestmark = pytest.mark.django_db(transaction=True)
COUNTED = """
document.addEventListener("click", event => {
  if (event.isTrusted && event.detail > 0) sessionStorage.taps = 1 + Number(sessionStorage.taps || 0);
}, true);
"""
# Measured: 35 taps, an address, six digits, two signatures.
MOST_TAPS = 36


@pytest.fixture
def cast(transactional_db):
    cache.clear()
    cast = Cast()
    assert cast.finn
    assert cast.freya
    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    address_of(cast, cast.ana)
    return cast


def asked_now(cast: Cast) -> str:
    """Dan asks Ana; the link that he sends her."""
    at = timezone.now()
    story = known(cast, a_story(cast), cast.ana)
    post = a_repost(cast, story, cast.ana)
    terms = replace(TERMS, ends_on=(at + timedelta(days=180)).date())
    request = begin_request(story=story, post=post, terms=terms, by=by(cast.dan), at=at)
    return f"/story/{link_for_author(request=request, by=by(cast.dan), at=at)}/"


def test_a_patient_licenses_and_authorizes_on_her_phone(cast, open_page, axe):
    link = asked_now(cast)
    phone = open_page(**PHONE)
    phone.add_init_script(COUNTED)
    comes_in(phone, link, axe)
    licenses(phone, axe)
    expect(phone.get_by_role("heading", name="One more paper")).to_be_visible()
    permits(phone, axe)
    assert int(phone.evaluate("sessionStorage.taps")) <= MOST_TAPS
    assert set(Consent.objects.values_list("kind", flat=True)) == {"licence", "authorization"}
    assert Signature.objects.count() == 2
    expect(phone.get_by_role("heading", name="One more paper")).to_have_count(0)
    phone.goto("/sign/story/papers/")
    expect(phone.get_by_text("There is nothing more to sign.")).to_be_visible()
    axe(phone)


def test_a_hand_on_the_page_is_noted_and_no_thanks_ends_it_in_spanish(cast, open_page, axe):
    link = asked_now(cast)
    phone = open_page(**PHONE)
    phone.goto(link)
    phone.get_by_role("link", name="Español").tap()
    expect(phone.locator("h1")).to_contain_text("¿podemos compartir su publicación?")
    axe(phone)
    with phone.expect_response("**/story/seen/"):
        phone.locator("h1").tap()
    assert RepostRequest.objects.get().seen_at is not None
    press(phone, "No, gracias")
    expect(phone.locator("h1")).to_have_text("Está bien")
    axe(phone)
    assert RepostRequest.objects.get().ended == "declined"


def test_a_stranger_with_the_link_is_asked_for_the_account(cast, open_page, axe):
    link = asked_now(cast)
    stranger = open_page(**PHONE)
    stranger.goto(link)
    stranger.get_by_role("link", name="Go on").click()
    stranger.get_by_label("E-mail").fill("stranger@example.net")
    press(stranger, "Send me the code")
    stranger.get_by_label("The six digits").fill(code())
    press(stranger, "Go on")
    expect(stranger.locator("h1")).to_have_text("Who are you?")
    axe(stranger)
    stranger.get_by_label("First name").fill("Sam")
    stranger.get_by_label("Last name").fill("Stranger")
    stranger.get_by_label("Birth date").fill("1980-02-03")
    press(stranger, "Go on")
    expect(stranger.locator("h1")).to_have_text("One more step: show that the account is yours")
    axe(stranger)
    for word in ("Ana", "Ruiz", "patient"):
        expect(stranger.get_by_text(word)).to_have_count(0)
    stranger.goto("/sign/story/papers/")
    expect(stranger.locator("h1")).to_have_text("This link does not open a form")
