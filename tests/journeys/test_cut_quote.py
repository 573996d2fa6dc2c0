"""A marketer shortens what Rosa said: the composer and the review show what is missing, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from posts.clearance.models import Review
from tests.cast import NOW, Cast, make_person
from tests.ceremonies import sample_wording
from tests.journeys.signing import enter_as
from tests.licences import repost

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "I found my way back. It came back after a year, but I walk again every day, and I am glad."
COMPARED = "What was said, beside these words"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_shortened_quote_stands_beside_what_was_said(transactional_db, open_page, axe, width):
    cast = Cast()
    sample_wording(cast)
    rosa = make_person(cast.practice, "Rosa", "Lind", NOW.date().replace(year=1991), "author")
    version = repost(cast, rosa, caption="Rosa says: “I found my way back, and I am so glad.”", said=SAID)
    marketer, officer = open_page(width=width), open_page(width=width)
    enter_as(marketer, cast.dan)
    marketer.goto(f"/p/riverbend/posts/{version.post_id}/compose/")
    compared = marketer.get_by_role("group", name=COMPARED)
    expect(compared.locator("del").first).to_contain_text("It came back after a year")
    expect(compared.locator("ins").last).to_contain_text("so")
    axe(marketer)

    review = Review.objects.create(
        practice=cast.practice, post=version.post, digest="d", submitted_by=cast.dan, submitted_at=NOW
    )
    enter_as(officer, cast.eve)
    officer.goto(f"/p/riverbend/reviews/{review.pk}/")
    expect(officer.get_by_role("group", name=COMPARED).locator("del").first).to_contain_text("after a year")
    axe(officer)
