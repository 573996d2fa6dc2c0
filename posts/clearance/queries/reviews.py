"""Reviews and approvals, read."""

from collections.abc import Collection
from dataclasses import dataclass

from consent.access.models import Practice
from posts.content.models import Post, Version
from posts.content.queries import contents, living_versions, payload_of
from posts.content.rules import combined_digest

from ..models import Approval, Review, ReviewNote, Suggestion
from ..rules import Changed, Piece, changes, word_diff


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


@dataclass(frozen=True)
class SinceApproval:
    """What has changed of a version since it was last approved; no text differs if only pictures or people do."""

    version: Version
    approval: Approval
    texts: list[Changed]


def since_approval(versions: Collection[Version], digests: dict[int, str]) -> list[SinceApproval]:
    """The versions approved before that are no longer what was approved; `digests` are those of now. One query."""
    rows = Approval.objects.filter(version__in=[version.pk for version in versions])
    latest = {one.version_id: one for one in rows.select_related("approved_by").order_by("approved_at", "id")}
    return [
        SinceApproval(version, latest[version.pk], _texts(latest[version.pk], version))
        for version in versions
        if version.pk in latest and latest[version.pk].digest != digests[version.pk]
    ]


def _texts(approval: Approval, version: Version) -> list[Changed]:
    """The words and descriptions that differ."""
    described = [media.alt_text for media in version.media.all()]
    return [
        *changes([approval.caption], [version.caption], "The words"),
        *changes(approval.alt_texts, described, "The description of picture {}"),
    ]


def notes_about(post: Post) -> list[ReviewNote]:
    """What reviewers and authors said to each other, the earliest first."""
    return list(
        ReviewNote.objects.filter(post=post).select_related("written_by").order_by("written_at", "id")
    )


@dataclass(frozen=True)
class OtherWords:
    """A suggestion that nobody has answered, beside the words that stand there now."""

    suggestion: Suggestion
    version: Version
    pieces: list[Piece]


def open_suggestions(post: Post) -> list[OtherWords]:
    """Other words for versions of the post, for its author to take or leave, the earliest first."""
    rows = Suggestion.objects.filter(version__post=post, version__dropped_at=None, answered_at=None)
    rows = rows.select_related("version__account", "suggested_by").order_by("suggested_at", "id")
    return [OtherWords(row, row.version, word_diff(row.version.caption, row.caption)) for row in rows]
