"""Reviews and approvals, read."""

from collections.abc import Collection

from consent.access.models import Practice
from posts.content.models import Post, Version
from posts.content.queries import contents, living_versions, payload_of
from posts.content.rules import combined_digest

from ..models import Approval, Review


def approval_of(version: Version) -> Approval | None:
    """The approval that still stands: given to exactly what the version holds now."""
    return (
        Approval.objects.filter(version=version, digest=payload_of(version).digest)
        .select_related("approved_by")
        .order_by("-approved_at")
        .first()
    )


def post_digest(post: Post) -> str:
    """One digest of all versions of the post."""
    found = contents([version.pk for version in living_versions(post)])
    return combined_digest([content.payload.digest for content in found.values()])


def waiting_reviews(practice: Practice) -> list[Review]:
    """The review queue, the oldest first."""
    return list(
        Review.objects.filter(practice=practice, outcome=Review.Outcome.WAITING)
        .select_related("post", "submitted_by")
        .order_by("submitted_at")
    )


def latest_reviews(post_ids: Collection[int]) -> dict[int, Review]:
    """The latest review of each post."""
    rows = (
        Review.objects.filter(post__in=post_ids).select_related("decided_by").order_by("submitted_at", "id")
    )
    return {review.post_id: review for review in rows}


def reviews_of(post: Post) -> list[Review]:
    """Every review of a post, the latest first."""
    rows = Review.objects.filter(post=post).select_related("submitted_by", "decided_by")
    return list(rows.order_by("-submitted_at", "-id"))
