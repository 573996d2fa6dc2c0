"""Dan finds a picture that Rosa posted; she licenses it on her phone; it may go out, until she takes that back."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.records.models import Consent
from posts.content.actions import Shown
from tests.cast import NOW, Cast, make_person
from tests.ceremonies import sample_wording
from tests.drafts import a_channel, a_post, a_version
from tests.journeys.signing import draw, enter_as, go_on, press
from tests.links import address_of, code, paper_made, token
from tests.pictures import given_picture

pytestmark = pytest.mark.django_db(transaction=True)
Look = Callable[[Page], None]
PHONE = {"width": 390, "height": 844, "has_touch": True}


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.freya
    assert cast.location.pk
    sample_wording(cast)
    return cast


def ask_for_a_licence(marketer: Page, desk: Page, post: int, look: Look) -> None:
    """The marketer asks from the composer's reason, the front desk sends the form."""
    marketer.goto(f"/p/riverbend/posts/{post}/compose/")
    expect(marketer.get_by_text("has not allowed us to use it").first).to_be_visible()
    with marketer.expect_popup() as opened:
        marketer.get_by_role("link", name="Ask the author for a licence").first.click()
    about = opened.value
    look(about)
    about.get_by_role("button", name="Ask Rosa for a licence").click()
    expect(about.get_by_text("The front desk will ask Rosa for a licence.")).to_be_visible()
    desk.goto("/p/riverbend/")
    expect(desk.get_by_text("Rosa Lind is to be asked for a licence")).to_be_visible()
    desk.get_by_role("link", name="Prepare").click()
    expect(desk.get_by_role("heading", name="Ask Rosa Lind for a licence")).to_be_visible()
    look(desk)
    desk.check("[name=capacity_attested]")
    press(desk, "Go on to the witness")
    look(desk)
    desk.get_by_role("button", name="Send a link to rosa@example.org").click()
    expect(desk.get_by_text("The link is on its way")).to_be_visible()


def sign_on_the_phone(phone: Page, look: Look) -> None:
    """The author opens the link, sees what she made, marks where, and signs."""
    phone.goto(f"/sign/{token()}/")
    press(phone, "Continue")
    phone.get_by_label("The six digits").fill(code())
    press(phone, "Open the form")
    go_on(phone, look)
    go_on(phone, look, button="Yes, on this screen")
    expect(phone.get_by_role("heading", name="This is what you made")).to_be_visible()
    expect(phone.get_by_role("img", name="The bell")).to_be_visible()
    go_on(phone, look, "Website")
    go_on(phone, look, "Regular posts that stay up", "As it is, whole")
    go_on(phone, look, "No, nothing of this")
    look(phone)
    phone.locator("[name=ends][value=offered]").check()
    press(phone, "Continue")
    go_on(phone, look, "I read this form, or someone read it to me.")
    look(phone)
    draw(phone)
    phone.get_by_role("button", name="Sign", exact=True).click()
    expect(phone.locator("h1")).to_have_text("Thank you")
    paper_made(timezone.now())
    phone.get_by_role("button", name="E-mail me this address").click()
    expect(phone.get_by_text("on its way to your e-mail")).to_be_visible()
    phone.goto("/sign/")
    look(phone)


def withdraw(desk: Page, person: int, look: Look) -> None:
    """The front desk writes down that she takes it back."""
    desk.goto(f"/p/riverbend/people/{person}/")
    look(desk)
    desk.get_by_role("link", name="Withdraw in writing").click()
    look(desk)
    desk.get_by_label("Everything").check()
    desk.locator("[name=how]").first.check()
    desk.get_by_role("button", name="Withdraw it now").click()
    expect(desk.get_by_text("Withdrawn. Nothing new starts from now")).to_be_visible()


def test_an_author_licenses_what_she_made_and_takes_it_back(cast, open_page, axe):
    rosa = make_person(cast.practice, "Rosa", "Lind", NOW.date().replace(year=1991), "author")
    address_of(cast, rosa, "rosa@example.org")
    picture = given_picture(
        cast, label="The bell", source="user", author=rosa, taken_by="author",
        source_url="https://social.example/rosa/7",
    )  # fmt: skip
    shown = [Shown(rendition=picture.renditions.get(), alt_text="A bell")]
    post = a_version(cast, a_post(cast), a_channel(cast), media=shown).post_id
    marketer, desk = open_page(), open_page()
    enter_as(marketer, cast.dan)
    enter_as(desk, cast.finn)
    ask_for_a_licence(marketer, desk, post, axe)
    sign_on_the_phone(open_page(**PHONE), axe)
    assert Consent.objects.get().kind == "licence"

    marketer.goto(f"/p/riverbend/posts/{post}/compose/")
    expect(marketer.get_by_text("has not allowed us to use it")).to_have_count(0)

    withdraw(desk, rosa.pk, axe)
    marketer.goto(f"/p/riverbend/posts/{post}/compose/")
    expect(marketer.get_by_text("withdrew the licence").first).to_be_visible()
    axe(marketer)
