"""Send for review, attest, approve, send back, refuse. Nobody approves their own post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.media.models import Appearance
from consent.workforce.queries import qualifications
from posts.content.models import Post, VersionMedia
from posts.content.queries import contents
from posts.content.rules import combined_digest

from ..models import Approval, Attestation, Clearing, Decision, Review
from .deciding import GateRefused, decide_all


class NothingToReview(Exception):
    """A post without a channel has nothing that could go out."""


class AlreadyWaiting(Exception):
    """The post is already waiting for review."""


class NotYourOwn(Exception):
    """Nobody approves what they wrote or sent for review (R46)."""


class ChangedMeanwhile(Exception):
    """The post is no longer what was sent for review, or what the reviewer saw."""


class NotWaiting(Exception):
    """Someone has already decided on this review."""


class NotAttested(Exception):
    """The reviewer has not attested that nobody else is named, shown or described."""


class NotQualified(Exception):
    """Whoever approves is trained, and has signed the policy in force (R61, R62); `missing` says what is not there."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(
            f"You cannot approve yet. {' '.join(missing)} An owner or compliance officer records it."
        )
        self.missing = missing


class CommentMissing(Exception):
    """Sending back or refusing needs a sentence that helps the author."""


def submit(*, post: Post, note: str = "", by: Actor, at: datetime) -> Review:
    """Send a post for review. The gate is asked first: what it refuses need not be looked at (design 5).

    What two people may clear can be looked at once the first has proposed it, with a reason. Raises `NothingToReview`,
    `AlreadyWaiting`, or `GateRefused` with the decisions, which are kept.
    """
    with recording(by=by, at=at):
        post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        if post.reviews.filter(outcome=Review.Outcome.WAITING).exists():
            raise AlreadyWaiting("This post is already waiting for review.")
        decisions = decide_all(post, "submit", by, at)
        if not decisions:
            raise NothingToReview("Choose at least one channel first.")
        if all(_may_be_looked_at(decision) for decision in decisions):
            review = Review.objects.create(
                practice_id=post.practice_id,
                post=post,
                digest=combined_digest([decision.digest for decision in decisions]),
                note=note,
                submitted_by_id=int(by.id),
                submitted_at=at,
            )
            record("post.submitted", post, review=review.pk, digest=review.digest)
            return review
    raise GateRefused(decisions)


def approve(
    *, review: Review, seen_digest: str, attested: bool, comment: str = "", by: Actor, at: datetime
) -> Review:
    """Approve every version of the post as it stands, and attest that nobody else is named, shown or described.

    `seen_digest` is the digest of the page the reviewer looked at: a post changed since then raises
    `ChangedMeanwhile`. Raises `NotYourOwn`, `NotAttested`, `NotQualified`, `NotWaiting`, or `GateRefused`. Approving
    also confirms, as a second person, who is in the pictures.
    """
    if not attested:
        raise NotAttested(
            "Look at words and pictures, then tick that nobody else is named, shown or described."
        )
    with recording(by=by, at=at):
        review = _open_review(review, by)
        _require_qualified(review, by, at)
        decisions = decide_all(review.post, "approve", by, at)
        digest = combined_digest([decision.digest for decision in decisions])
        if digest != review.digest or digest != seen_digest:
            raise ChangedMeanwhile("The post was changed since you opened it. Look at it again.")
        if all(decision.allowed for decision in decisions):
            _attest_and_approve(review, decisions, by, at)
            _confirm_who_is_shown(decisions, by, at)
            _close(review, Review.Outcome.APPROVED, comment, by, at)
            record(
                "post.approved",
                review.post,
                review=review.pk,
                digest=digest,
                versions=[decision.version_id for decision in decisions],
            )
            return review
    raise GateRefused(decisions)


def send_back(*, review: Review, comment: str, by: Actor, at: datetime) -> Review:
    """Return the post to its author with a comment. Raises `CommentMissing`, `NotWaiting`."""
    return _decline(review, Review.Outcome.RETURNED, "post.returned", comment, by, at)


def refuse(*, review: Review, comment: str, by: Actor, at: datetime) -> Review:
    """Refuse the post as it is, with a comment. Raises `CommentMissing`, `NotWaiting`."""
    return _decline(review, Review.Outcome.REFUSED, "post.refused", comment, by, at)


def withdraw_review(*, review: Review, by: Actor, at: datetime) -> Review:
    """Take a post back from review, to change it. Raises `NotWaiting`."""
    with recording(by=by, at=at):
        review = _locked(review)
        _close(review, Review.Outcome.WITHDRAWN, "", by, at)
        record("post.withdrawn", review.post, review=review.pk)
        return review


def _may_be_looked_at(decision: Decision) -> bool:
    """Whether nothing speaks against it but findings that somebody has proposed to clear for exactly this digest."""
    if decision.allowed:
        return True
    if any(reason["weight"] == "HARD" for reason in decision.reasons):
        return False
    proposed = set(
        Clearing.objects.filter(
            version=decision.version_id, digest=decision.digest, refused_at=None
        ).values_list("fingerprint", flat=True)
    )
    return all(reason["fingerprint"] in proposed for reason in decision.reasons)


def _require_qualified(review: Review, by: Actor, at: datetime) -> None:
    """Only who is trained and has signed the policy decides on what goes out (45 CFR 164.530(b); R61)."""
    found = qualifications(review.post.practice, [int(by.id)], at)[int(by.id)]
    if not found.qualified:
        raise NotQualified(found.missing)


def _confirm_who_is_shown(decisions: Iterable[Decision], by: Actor, at: datetime) -> None:
    """The approver saw the pictures with the names beside them: a second person agrees who is in them (R33)."""
    versions = [decision.version_id for decision in decisions]
    shown = VersionMedia.objects.filter(version__in=versions).values("rendition__asset")
    looks = Appearance.objects.filter(asset__in=shown, removed_at=None, confirmed_at=None, masked=False)
    for look in looks.exclude(named_by=int(by.id)).select_related("asset"):
        look.confirmed_by_id, look.confirmed_at = int(by.id), at
        look.save(update_fields=["confirmed_by", "confirmed_at"])
        record("appearance.confirmed", look.asset, person=look.person_id, appearance=look.pk)


def _locked(review: Review) -> Review:
    """The review and its post, taken for update, still waiting."""
    review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    review.post = Post.objects.select_for_update(no_key=True).get(pk=review.post_id)
    if review.outcome != Review.Outcome.WAITING:
        raise NotWaiting(f"This was already decided: {review.get_outcome_display().lower()}.")
    return review


def _open_review(review: Review, by: Actor) -> Review:
    """The review, taken for update, if `by` may decide on it."""
    review = _locked(review)
    if int(by.id) in (review.post.author_id, review.submitted_by_id):
        raise NotYourOwn("You wrote this or sent it for review; someone else has to approve it.")
    return review


def _attest_and_approve(review: Review, decisions: Iterable[Decision], by: Actor, at: datetime) -> None:
    """An attestation and an approval for each version, bound to its digest."""
    approver, decisions = User.objects.get(pk=int(by.id)), list(decisions)
    found = contents([decision.version_id for decision in decisions])
    for decision in decisions:
        payload = found[decision.version_id].payload
        bound = _Bound(review.practice_id, decision.version_id, decision.digest)
        Attestation.objects.create(**bound.fields(), attested_by=approver, attested_at=at)
        Approval.objects.create(
            **bound.fields(),
            review=review,
            approved_by=approver,
            author_id=review.post.author_id,
            approved_at=at,
            caption=payload.caption,
            alt_texts=[media.alt_text for media in payload.media],
        )
        record("post.attested", review.post, version=decision.version_id, digest=decision.digest)


@dataclass(frozen=True)
class _Bound:
    """What an approval and an attestation are bound to."""

    practice_id: int
    version_id: int
    digest: str

    def fields(self) -> dict[str, object]:
        """As model fields."""
        return {"practice_id": self.practice_id, "version_id": self.version_id, "digest": self.digest}


def _decline(review: Review, outcome: str, event: str, comment: str, by: Actor, at: datetime) -> Review:
    """Send back or refuse, with a comment."""
    if not comment.strip():
        raise CommentMissing("Write a sentence that tells the author what to change.")
    with recording(by=by, at=at):
        review = _open_review(review, by)
        _close(review, Review.Outcome(outcome), comment.strip(), by, at)
        record(event, review.post, review=review.pk)
        return review


def _close(review: Review, outcome: Review.Outcome, comment: str, by: Actor, at: datetime) -> None:
    """Write the outcome."""
    review.outcome = outcome
    review.comment = comment
    review.decided_by_id = int(by.id)
    review.decided_at = at
    review.save(update_fields=["outcome", "comment", "decided_by", "decided_at"])
