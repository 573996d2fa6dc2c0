"""A mother whose authority is written down at the desk signs for her child, who is asked as well."""

import pytest
from playwright.sync_api import Page, expect

from consent.people.models import Representation
from consent.records.models import Consent
from tests.cast import Cast
from tests.ceremonies import sample_wording
from tests.journeys.signing import TABLET, Look, enter_as, go_on, hand_over, press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    assert cast.bea.pk
    assert cast.carla.pk
    assert cast.location.pk
    sample_wording(cast)
    return cast


def write_down_the_authority(page: Page, look: Look, child: int) -> None:
    """Finn records who Carla is to Bea before he saw a paper, then looks at the paper."""
    record = f"/p/riverbend/people/{child}/"
    page.goto(record)
    look(page)
    page.get_by_role("link", name="Record somebody").click()
    look(page)
    page.get_by_label("Carla Ruiz").check()
    page.get_by_label("Parent with legal right to decide").check()
    page.get_by_label("Explain the right to sign").fill("mother, lives with the child")
    page.get_by_role("button", name="Record who may sign").click()
    expect(page.get_by_text("Not verified yet.")).to_be_visible()
    page.goto(record + "consent/")
    expect(page.get_by_role("button", name="Go on to the witness")).to_have_count(0)
    look(page)
    page.goto(record)
    page.get_by_role("link", name="Look at the paper of Carla Ruiz").click()
    look(page)
    page.get_by_label("Paper we looked at").fill("birth certificate")
    page.get_by_role("button", name="I have seen it").click()
    expect(page.get_by_text("by Finn: birth certificate.")).to_be_visible()
    look(page)


class TestAParent:
    def test_whose_right_was_verified_types_her_name_and_the_child_says_yes(self, cast, open_page, axe):
        page = open_page(**TABLET)
        enter_as(page, cast.finn)
        write_down_the_authority(page, axe, cast.bea.pk)
        hand_over(page, axe, cast.bea.pk)
        expect(page.get_by_text("This is about Bea")).to_be_visible()
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
        axe(page)
        consent, authority = Consent.objects.get(), Representation.objects.get()
        assert (consent.person, consent.signer) == (cast.bea, cast.carla)
        assert (consent.representation, authority.verified_by) == (authority, cast.finn)
        assert consent.signature is not None
        assert set(consent.signature.answers["assent"]) == {"yes"}
