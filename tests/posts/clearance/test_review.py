"""Review: bound to exactly what was seen, never one's own, with the gate asked each time (R43, R46)."""

import pytest
from django.db import IntegrityError, transaction

from consent.records.actions import revoke
from posts.clearance.actions import (
    AlreadyWaiting,
    ChangedMeanwhile,
    CommentMissing,
    GateRefused,
    NotAttested,
    NothingToReview,
    NotWaiting,
    NotYourOwn,
    approve,
    refuse,
    send_back,
    submit,
    withdraw_review,
)
from posts.clearance.models import Approval, Attestation, Decision, Review
from posts.clearance.queries import approval_of, post_digest, rulings, waiting_reviews
from posts.content.queries import whole_version, whole_versions
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.posts_data import given_post, given_version

pytestmark = pytest.mark.django_db


def submitted(cast: Cast) -> Review:
    """Dan's post about Ana, who has agreed, waiting for review."""
    signed_consent(cast, cast.ana)
    version = given_version(cast, mentioning=cast.ana)
    return submit(post=version.post, by=by(cast.dan), at=NOW)


def approved(cast: Cast) -> Review:
    review = submitted(cast)
    return approve(
        review=review, seen_digest=post_digest(review.post), attested=True, by=by(cast.eve), at=NOW
    )


class TestSubmitting:
    def test_puts_the_post_in_the_queue(self, cast: Cast) -> None:
        review = submitted(cast)
        assert waiting_reviews(cast.practice) == [review]

    def test_is_refused_with_the_reasons_kept(self, cast: Cast) -> None:
        version = given_version(cast, mentioning=cast.ana)
        with pytest.raises(GateRefused) as refusal:
            submit(post=version.post, by=by(cast.dan), at=NOW)
        assert refusal.value.decisions[0].reasons[0]["code"] == "NO_CONSENT"
        assert Decision.objects.get().allowed is False
        assert not Review.objects.exists()

    def test_needs_a_channel(self, cast: Cast) -> None:
        with pytest.raises(NothingToReview):
            submit(post=given_post(cast), by=by(cast.dan), at=NOW)

    def test_twice_waits_once(self, cast: Cast) -> None:
        review = submitted(cast)
        with pytest.raises(AlreadyWaiting):
            submit(post=review.post, by=by(cast.dan), at=NOW)

    def test_can_be_taken_back(self, cast: Cast) -> None:
        review = submitted(cast)
        withdraw_review(review=review, by=by(cast.dan), at=NOW)
        assert waiting_reviews(cast.practice) == []


class TestApproving:
    def test_opens_the_gate_for_exactly_this(self, cast: Cast) -> None:
        review = approved(cast)
        [ruling] = rulings(whole_versions(post=review.post), NOW, final=True)
        assert ruling.verdict.allowed
        assert approval_of(ruling.version) is not None

    def test_is_void_after_one_changed_letter(self, cast: Cast) -> None:
        review = approved(cast)
        version = review.post.versions.get()
        version.caption += "!"
        version.save()
        [ruling] = rulings(whole_versions(post=review.post), NOW, final=True)
        assert {reason.code for reason in ruling.verdict.reasons} == {
            "CONTENT_CHANGED_SINCE_APPROVAL",
            "ATTESTATION_MISSING",
        }
        assert approval_of(whole_version(version.pk)) is None

    def test_is_refused_to_the_author(self, cast: Cast) -> None:
        review = submitted(cast)
        with pytest.raises(NotYourOwn):
            approve(review=review, seen_digest=review.digest, attested=True, by=by(cast.dan), at=NOW)

    def test_of_ones_own_is_refused_by_the_database_too(self, cast: Cast) -> None:
        review = submitted(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(
                practice=cast.practice,
                review=review,
                version=review.post.versions.get(),
                digest=review.digest,
                approved_by=cast.dan,
                author=cast.dan,
                approved_at=NOW,
            )

    def test_needs_the_attestation(self, cast: Cast) -> None:
        review = submitted(cast)
        with pytest.raises(NotAttested):
            approve(review=review, seen_digest=review.digest, attested=False, by=by(cast.eve), at=NOW)
        assert not Attestation.objects.exists()

    def test_of_a_page_that_is_out_of_date_is_refused(self, cast: Cast) -> None:
        review = submitted(cast)
        with pytest.raises(ChangedMeanwhile):
            approve(review=review, seen_digest="0" * 64, attested=True, by=by(cast.eve), at=NOW)

    def test_of_a_post_edited_while_it_waited_is_refused(self, cast: Cast) -> None:
        review = submitted(cast)
        version = review.post.versions.get()
        version.caption = "Something else"
        version.save()
        with pytest.raises(ChangedMeanwhile):
            approve(
                review=review, seen_digest=post_digest(review.post), attested=True, by=by(cast.eve), at=NOW
            )

    def test_is_refused_once_the_patient_has_withdrawn(self, cast: Cast) -> None:
        review = submitted(cast)
        revoke(consent=cast.ana.consents.get(), how="own_page", by=by(cast.finn), at=NOW)
        with pytest.raises(GateRefused):
            approve(
                review=review, seen_digest=post_digest(review.post), attested=True, by=by(cast.eve), at=NOW
            )
        review.refresh_from_db()
        assert review.outcome == Review.Outcome.WAITING

    def test_happens_once(self, cast: Cast) -> None:
        review = approved(cast)
        with pytest.raises(NotWaiting, match="already decided"):
            approve(review=review, seen_digest=review.digest, attested=True, by=by(cast.eve), at=NOW)


class TestSayingNo:
    def test_sends_the_post_back_with_a_comment(self, cast: Cast) -> None:
        review = send_back(review=submitted(cast), comment="Crop the board.", by=by(cast.eve), at=NOW)
        assert (review.outcome, review.comment) == ("returned", "Crop the board.")

    def test_needs_a_comment(self, cast: Cast) -> None:
        with pytest.raises(CommentMissing):
            refuse(review=submitted(cast), comment="  ", by=by(cast.eve), at=NOW)

    def test_cannot_be_rewritten_afterwards(self, cast: Cast) -> None:
        from django.db import DatabaseError

        review = refuse(review=submitted(cast), comment="No.", by=by(cast.eve), at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            Review.objects.filter(pk=review.pk).update(outcome="approved")
