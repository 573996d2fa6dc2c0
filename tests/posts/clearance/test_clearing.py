"""Clearing takes two people: one writes why, a qualified other agrees; the author of a small place is neither (R46)."""

from datetime import timedelta

import pytest
import time_machine

from posts.clearance.actions import propose_clearing, submit
from posts.clearance.models import Clearing, Review
from posts.clearance.queries import rulings
from posts.content.actions import write_version
from posts.content.queries import whole_version
from tests.cast import NOW, by
from tests.desk import as_, at, typed, words
from tests.drafts import LATER, a_version

WHY = "Grace is the name of our street."
NAMED = "Something here points to a person: a name, in the words."


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def reason_of(version):
    """The fingerprint of the only reason against a version."""
    [ruling] = rulings([version], NOW, final=False)
    [reason] = ruling.verdict.reasons
    return reason.fingerprint


def asked(cast, version, user=None):
    return propose_clearing(
        version=version, fingerprint=reason_of(version), why=WHY, by=by(user or cast.dan), at=NOW
    )


def answer(user, clearing, verb):
    return as_(user).post(at(f"clearance:{verb}_clearing", clearing.pk), follow=True)


class TestTheComposer:
    def test_offers_to_ask_saves_first_and_leads_to_where_one_writes_why(self, cast):
        version = a_version(cast, caption="She could not walk.")
        data = typed(version.post, atypical_result="on")
        panel = words(as_(cast.dan).post(at("planning:preview", version.post_id), data))
        [clear] = [part.split('"')[0] for part in panel.split('name="clear" value="')[1:]]

        page = as_(cast.dan).post(
            at("planning:ask_to_clear", version.post_id), data | {"clear": clear}, follow=True
        )

        version.post.refresh_from_db()
        assert version.post.atypical_result
        assert "Why need this not stop the post?" in words(page)
        assert "It tells of a result that not everyone gets" in words(page)
        assert "nobody here can yet" in words(page)

    def test_shows_what_cannot_be_saved_instead(self, cast):
        version = a_version(cast)
        data = typed(version.post, title="", clear=f"{version.account_id}:abc")

        response = as_(cast.dan).post(at("planning:ask_to_clear", version.post_id), data)

        assert response.status_code == 422
        assert "Give the post a name" in words(response)

    def test_stays_where_it_is_when_the_reason_is_gone(self, cast):
        version = a_version(cast)
        for clear in ("", "x:y", f"{version.account_id}:nothing"):
            page = as_(cast.dan).post(
                at("planning:ask_to_clear", version.post_id), typed(version.post, clear=clear), follow=True
            )
            assert "Why need this not stop the post?" not in words(page)

    def test_says_who_asks_why_and_that_a_second_has_to_agree(self, cast, found):
        version = a_version(cast)
        found(version)
        asked(cast, version)

        page = words(as_(cast.dan).get(at("planning:compose", version.post_id)))

        assert f"Dan asks to clear this: “{WHY}” A second person has to agree." in page
        assert "waits for a second person" in page
        assert "Ready for review; a second person has to agree" in page
        assert 'name="clear"' not in page

    def test_shows_quietly_what_was_cleared(self, cast, found):
        version = a_version(cast)
        found(version)
        answer(cast.eve, asked(cast, version), "confirm")

        page = words(as_(cast.dan).get(at("planning:compose", version.post_id)))

        assert f"Cleared: {NAMED} Dan: “{WHY}” Eve agreed." in page
        assert "Ready for review" in page


class TestAsking:
    def test_needs_a_reason_and_keeps_nothing_without(self, cast, found):
        version = a_version(cast)
        found(version)
        address = at("clearance:propose_clearing", version.pk, reason_of(version))

        response = as_(cast.dan).post(address, {"why": "  "})

        assert response.status_code == 422
        assert "Write why this identifies nobody" in words(response)
        assert not Clearing.objects.exists()

    def test_is_kept_and_said_on_the_post(self, cast, found):
        version = a_version(cast)
        found(version)
        assert cast.eve.name == "Eve"
        address = at("clearance:propose_clearing", version.pk, reason_of(version))

        page = words(as_(cast.dan).get(address))
        assert "A second person has to agree: Eve." in page
        assert "Noted by whoever found it: “Grace?”" in page
        told = words(as_(cast.dan).post(address, {"why": WHY}, follow=True))

        assert "Asked. A second person has to agree" in told
        assert f"Dan asks to clear this: “{WHY}”" in told

    def test_of_what_was_asked_or_is_no_reason_leads_back(self, cast, found):
        version = a_version(cast)
        found(version)
        fingerprint = reason_of(version)
        asked(cast, version)

        for one in (fingerprint, "nothing"):
            page = as_(cast.dan).get(at("clearance:propose_clearing", version.pk, one), follow=True)
            assert "Nothing is left to ask here" in words(page)

    def test_of_a_hard_reason_is_refused(self, cast):
        version = a_version(cast)
        version.post.sale = True
        version.post.sensitive_category = "hiv"
        version.post.save()

        page = as_(cast.dan).post(
            at("clearance:propose_clearing", version.pk, reason_of(version)), {"why": WHY}, follow=True
        )

        assert "This cannot be cleared by anyone." in words(page)
        assert not Clearing.objects.exists()

    @pytest.mark.usefixtures("small_place")
    def test_is_not_for_the_author_in_a_small_place(self, cast, found):
        version = a_version(cast)
        found(version)

        page = words(as_(cast.dan).get(at("planning:compose", version.post_id)))
        assert "Someone else may ask to clear it: in a small place the author cannot." in page
        assert 'name="clear"' not in page

        address = at("clearance:propose_clearing", version.pk, reason_of(version))
        assert "In a small place the author is neither" in words(as_(cast.dan).post(address, {"why": WHY}))
        assert not Clearing.objects.exists()
        as_(cast.mia).post(address, {"why": WHY})
        assert Clearing.objects.get().proposed_by == cast.mia


class TestAnswering:
    def test_by_a_second_person_lets_the_post_pass(self, cast, found):
        version = a_version(cast)
        found(version)
        clearing = asked(cast, version)
        page = words(as_(cast.eve).get(at("clearance:clearing", clearing.pk)))
        assert NAMED in page
        assert WHY in page

        told = words(answer(cast.eve, clearing, "confirm"))

        assert "Confirmed: it no longer stops the post." in told
        [ruling] = rulings([version], NOW + timedelta(hours=1), final=False)
        assert ruling.verdict.allowed

    def test_goes_back_to_the_review_that_waits(self, cast, found):
        version = a_version(cast)
        found(version)
        clearing = asked(cast, version)
        review = submit(post=version.post, by=by(cast.dan), at=NOW)

        assert "/reviews/" in at("clearance:review", review.pk)
        response = as_(cast.eve).post(at("clearance:confirm_clearing", clearing.pk))
        assert response["Location"] == at("clearance:review", review.pk)

    def test_with_no_says_so_to_the_author(self, cast, found):
        version = a_version(cast)
        found(version)

        answer(cast.eve, asked(cast, version), "refuse")

        page = words(as_(cast.dan).get(at("planning:compose", version.post_id)))
        assert "Eve looked: it does identify someone." in page
        assert 'name="clear"' in page

    def test_by_the_proposer_is_not_offered_and_refused(self, cast, found):
        version = a_version(cast)
        found(version)
        clearing = asked(cast, version, cast.eve)

        page = words(as_(cast.eve).get(at("clearance:clearing", clearing.pk)))
        assert "You asked, so someone else agrees." in page
        assert "Confirm</button>" not in page
        assert "It takes two people" in words(answer(cast.eve, clearing, "confirm"))

    @pytest.mark.usefixtures("new_policy")
    def test_by_someone_untrained_is_refused_kindly(self, cast, found):
        version = a_version(cast)
        found(version)
        clearing = asked(cast, version)

        response = answer(cast.eve, clearing, "confirm")

        assert response.status_code == 409
        assert "You cannot confirm yet." in words(response)

    def test_comes_once(self, cast, found):
        version = a_version(cast)
        found(version)
        clearing = asked(cast, version)
        answer(cast.eve, clearing, "confirm")

        assert "Someone has answered this already." in words(answer(cast.eve, clearing, "refuse"))

    def test_is_not_for_marketers(self, cast, found):
        version = a_version(cast)
        found(version)
        assert answer(cast.mia, asked(cast, version), "confirm").status_code == 403

    def test_of_words_that_were_changed_says_so(self, cast, found):
        version = a_version(cast)
        found(version)
        clearing = asked(cast, version)
        write_version(
            post=version.post, account=version.account, caption="Other words", by=by(cast.dan), at=LATER
        )

        page = words(as_(cast.eve).get(at("clearance:clearing", clearing.pk)))

        assert "This is no longer asked." in page
        assert "Confirm</button>" not in page


class TestOnTheReviewPage:
    def test_it_is_confirmed_beside_the_reason_and_then_approved(self, cast, found):
        version = a_version(cast)
        found(version)
        asked(cast, version)
        review = submit(post=version.post, by=by(cast.dan), at=NOW)
        client = as_(cast.eve)
        page = words(client.get(at("clearance:review", review.pk)))
        assert f"Dan asks to clear this: “{WHY}”" in page
        assert "It does identify someone</button>" in page

        client.post(at("clearance:confirm_clearing", Clearing.objects.get().pk))
        page = words(client.get(at("clearance:review", review.pk)))
        assert f"Cleared: {NAMED}" in page
        [digest] = [part.split('"')[0] for part in page.split('name="seen_digest" value="')[1:]]
        client.post(at("clearance:approve", review.pk), {"seen_digest": digest, "attested": "on"})

        assert Review.objects.get().outcome == "approved"
        assert whole_version(version.pk).approvals.count() == 1
