"""A quote that was cut is put before whoever said it, as it would look (16 CFR 255.1(b); R84, G71)."""

import pytest
import time_machine
from django.test import Client

from consent.access.middleware import TABLET_COOKIE
from consent.signing.actions import PrepareRefused
from consent.signing.models import Ceremony, Exhibit
from consent.signing.queries import filled_now
from consent.wording.rules import rendered_text
from posts.clearance.models import Review
from posts.content.models import Version
from posts.planning.actions import ask_to_sign
from tests.cast import NOW, Cast, by, make_person
from tests.ceremonies import answered, handed_over, sample_wording
from tests.desk import as_, at, words
from tests.licences import WORK, against, asked, licensed, repost
from tests.pictures import given_picture


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db):
    cast = Cast()
    sample_wording(cast)
    assert cast.finn
    assert cast.freya
    return cast


@pytest.fixture
def rosa(cast):
    return make_person(cast.practice, "Rosa", "Lind", NOW.date().replace(year=1991), "author")


class TestAQuoteThatWasCut:
    """Her words are shortened: she is shown the post, and agrees to exactly it, or it stays in (R84, G71)."""

    SAID = "I found my way back. It came back after a year."

    def shortened(self, cast, rosa):
        return repost(cast, rosa, caption="“I found my way back.”", said=self.SAID)

    def test_goes_out_as_its_author_saw_it_and_not_otherwise(self, cast, rosa, monkeypatch):
        version = self.shortened(cast, rosa)
        exhibit = ask_to_sign(post=version.post, person=rosa, by=by(cast.dan), at=NOW)
        ceremony = asked(cast, rosa, exhibit=exhibit)
        text = rendered_text(ceremony.wording.form(), filled_now(ceremony, NOW))
        assert f"{WORK} (our number 7); “The bell”, exactly as it was shown to me" in text
        assert exhibit.digests[0] in text
        consent = licensed(cast, monkeypatch, ceremony, edits=["cut_to_fit"])
        assert consent.scope["posts"] == [f"{version.post_id}#{exhibit.digests[0]}", "story:7"]

        assert ("FTC_TESTIMONIAL_ALTERED", ()) not in against(version)
        Version.objects.update(caption="“I found my way.”")
        assert ("FTC_TESTIMONIAL_ALTERED", ()) in against(version)

    def test_is_shown_beside_what_was_said_in_the_composer_and_at_the_review(self, cast, rosa):
        version = self.shortened(cast, rosa)
        page = words(as_(cast.dan).get(at("planning:compose", version.post_id)))
        left_out = '<del><span class="visually-hidden">left out: </span>It came back after a year.</del>'
        assert left_out in page
        assert "Ask whoever said it to agree" in page
        review = Review.objects.create(
            practice=cast.practice, post=version.post, digest="d", submitted_by=cast.dan, submitted_at=NOW
        )
        assert left_out in words(as_(cast.eve).get(at("clearance:review", review.pk)))

    def test_is_put_before_its_author_from_the_posts_page(self, cast, rosa):
        version = self.shortened(cast, rosa)
        page = words(as_(cast.dan).get(at("planning:post", version.post_id)))
        assert "Ask Rosa to sign exactly this post" in page
        told = as_(cast.dan).post(at("planning:ask_to_sign", version.post_id, rosa.pk), follow=True)
        assert "The front desk will ask Rosa to sign exactly this post." in words(told)
        form = words(
            as_(cast.finn).get(
                at("signing:prepare", rosa.pk) + f"?kind=author_licence&exhibit={Exhibit.objects.get().pk}"
            )
        )
        assert "selected>Only “The bell”, as it stood" in form

    def test_offers_the_licence_to_a_patient_who_made_it_as_well(self, cast):
        version = self.shortened(cast, cast.ana)
        exhibit = ask_to_sign(post=version.post, person=cast.ana, by=by(cast.dan), at=NOW)
        page = words(as_(cast.finn).get(at("signing:prepare", cast.ana.pk) + f"?exhibit={exhibit.pk}"))
        assert "Ask Ana Ruiz for consent" in page
        assert "Author licence (English, version 2)" in page

    def test_is_shown_to_the_author_on_the_screen(self, cast, rosa):
        version = self.shortened(cast, rosa)
        exhibit = ask_to_sign(post=version.post, person=rosa, by=by(cast.dan), at=NOW)
        ceremony = asked(cast, rosa, exhibit=exhibit)
        _, token = handed_over(cast, ceremony)
        answered(Ceremony.objects.get(), until="platforms")
        client = Client()
        client.cookies[TABLET_COOKIE] = token
        page = words(client.get("/tablet/"))
        assert "This is how it would look" in page
        assert "“I found my way back.”" in page

    def test_cannot_be_mixed_with_a_picture(self, cast, rosa):
        picture = given_picture(cast, label="The bell", source="user", author=rosa, taken_by="author")
        exhibit = ask_to_sign(post=self.shortened(cast, rosa).post, person=rosa, by=by(cast.dan), at=NOW)
        with pytest.raises(PrepareRefused, match="Choose one of them"):
            asked(cast, rosa, exhibit=exhibit, picture=picture)
