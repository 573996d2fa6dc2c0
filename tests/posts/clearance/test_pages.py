"""The review pages: what a reviewer sees, decides, and is told when they may not."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.media.actions import name_appearance
from posts.clearance.actions import submit
from posts.clearance.models import Review
from posts.clearance.queries import approval_of, post_digest
from posts.content.actions import Mentioned, Shown
from tests.cast import NOW, by, make_person
from tests.consents import signed_consent
from tests.desk import as_, at, words
from tests.drafts import a_post, a_version
from tests.pictures import given_rendition


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def sent(cast, *people, **written):
    """A post of Dan's with these people, who all agreed, waiting for review."""
    for person in people:
        signed_consent(cast, person)
    media = [Shown(given_rendition(cast, *people), "People in a garden")]
    version = a_version(cast, a_post(cast), media=media, **written)
    return submit(post=version.post, note="For Monday", by=by(cast.dan), at=NOW)


def decide(user, review, verb, **sent_fields):
    fields = {"seen_digest": post_digest(review.post), "comment": "", **sent_fields}
    return as_(user).post(at(f"clearance:{verb}", review.pk), fields)


class TestTheQueue:
    def test_shows_what_waits_oldest_first(self, cast):
        sent(cast)

        page = words(as_(cast.eve).get(at("clearance:queue")))
        assert "The bell" in page
        assert "For Monday" in page

    def test_says_so_when_nothing_waits(self, cast):
        assert "Nothing waits for review." in words(as_(cast.eve).get(at("clearance:queue")))


class TestTheReview:
    def test_shows_the_post_its_people_and_the_gate(self, cast):
        review = sent(cast, cast.ana, mentions=[Mentioned(cast.ana, ("first_name", "treatment"))])

        page = words(as_(cast.eve).get(at("clearance:review", review.pk)))

        assert "Someone rang the bell today!" in page
        assert "People in a garden" in page
        assert "Ana (first name and treatment)" in page
        assert "On file" in page
        assert "The gate has nothing against it." in page

    def test_explains_that_nobody_approves_their_own(self, cast):
        review = sent(cast)

        page = words(as_(cast.dan).get(at("clearance:review", review.pk)))
        assert "This one is yours." in page
        assert "Approve</button>" not in page

    def test_asks_as_many_queries_however_many_people(self, cast):
        client, counts = as_(cast.eve), []
        client.get(at("clearance:queue"))
        for number in (1, 5, 20):
            people = [make_person(cast.practice, f"P{n}", "Q", cast.ana.date_of_birth) for n in range(number)]
            review = sent(cast, *people)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(at("clearance:review", review.pk)).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] == counts[2]

    def test_is_not_there_for_another_practice(self, cast):
        review = sent(cast)
        assert as_(cast.zed).get(at("clearance:review", review.pk)).status_code == 404


class TestApproving:
    def test_binds_the_approval_to_what_was_seen(self, cast):
        review = sent(cast)

        response = decide(cast.eve, review, "approve", attested="on")

        assert response.status_code == 302
        approval = approval_of(review.post.versions.get())
        assert approval is not None
        assert approval.approved_by == cast.eve

    def test_asks_to_look_first(self, cast):
        response = decide(cast.eve, sent(cast), "approve")

        assert response.status_code == 409
        assert "then tick that nobody else is named" in words(response)

    def test_notices_that_a_person_was_named_meanwhile(self, cast):
        review = sent(cast)
        seen = post_digest(review.post)
        asset = review.post.versions.get().media.get().rendition.asset
        signed_consent(cast, cast.vic)
        name_appearance(asset=asset, person=cast.vic, elements=["face"], by=by(cast.mia), at=NOW)

        response = decide(cast.eve, review, "approve", attested="on", seen_digest=seen)

        assert response.status_code == 409
        assert "The post was changed since you opened it." in words(response)
        assert "This is not what was sent for review" in words(response)

    def test_is_not_for_marketers(self, cast):
        assert decide(cast.mia, sent(cast), "approve", attested="on").status_code == 403

    def test_comes_too_late_after_a_colleague(self, cast):
        review = sent(cast)
        decide(cast.eve, review, "approve", attested="on")

        response = decide(cast.eve, review, "refuse", comment="No")

        assert "This was already decided: approved." in words(response)


class TestDeclining:
    def test_needs_a_sentence_and_keeps_nothing_without(self, cast):
        review = sent(cast)

        response = decide(cast.eve, review, "send_back")

        assert "Write a sentence that tells the author what to change." in words(response)
        assert Review.objects.get(pk=review.pk).outcome == "waiting"

    def test_keeps_a_comment_that_is_too_long_on_the_page(self, cast):
        response = decide(cast.eve, sent(cast), "refuse", comment="no " * 400)

        assert response.status_code == 422
        assert "at most 1,000 characters" in words(response)
        assert "no no no" in words(response)

    def test_tells_the_author(self, cast):
        review = sent(cast)

        decide(cast.eve, review, "send_back", comment="Leave the board out")

        page = words(as_(cast.dan).get(at("planning:compose", review.post_id)))
        assert "Eve sent this back" in page
        assert "Leave the board out" in page
