"""Posts as the list shows them: each with its state, derived from reviews, approvals and deliveries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import Membership, Practice
from posts.clearance.models import Approval, Review
from posts.clearance.queries import latest_reviews
from posts.content.models import Post, Version
from posts.content.queries import Content, contents
from posts.publishing.models import Delivery

UNDER_WAY = frozenset({"scheduled", "claimed", "sending"})
TROUBLED = frozenset({"blocked", "returned", "failed", "unknown"})


@dataclass(frozen=True)
class State:
    """A post's state as its badge says it: the key of the badge's shape and its word."""

    key: str
    label: str


DRAFT = State("none", "Draft")
WAITING = State("hold", "Waiting for review")
RETURNED = State("incomplete", "Sent back")
REFUSED = State("withdrawn", "Refused")
APPROVED = State("on_file", "Approved")
CHANGED = State("incomplete", "Changed since it was approved")
SCHEDULED = State("soon", "Scheduled")
WILL_NOT_GO = State("withdrawn", "Scheduled, but changed since")
OUT = State("on_file", "Out")
TROUBLE = State("withdrawn", "Stopped")
_OF_OUTCOME = {
    Review.Outcome.WAITING: WAITING,
    Review.Outcome.RETURNED: RETURNED,
    Review.Outcome.REFUSED: REFUSED,
}


@dataclass(frozen=True)
class PostRow:
    """A post in the list: its state, the latest review, its channels, the next time it goes out."""

    post: Post
    state: State
    review: Review | None
    versions: list[Version]
    approved: frozenset[int]
    deliveries: list[Delivery]

    @property
    def due_at(self) -> datetime | None:
        """When it goes out next."""
        return min((one.due_at for one in self.deliveries if one.state in UNDER_WAY), default=None)

    @property
    def waiting(self) -> Review | None:
        """The review it waits for."""
        return self.review if self.review and self.review.outcome == Review.Outcome.WAITING else None

    @property
    def returned(self) -> Review | None:
        """The review that sent it back or refused it, if that is the latest word."""
        declined = (Review.Outcome.RETURNED, Review.Outcome.REFUSED)
        return self.review if self.review and self.review.outcome in declined else None


def post_rows(posts: Sequence[Post]) -> list[PostRow]:
    """The posts with their states: seven queries, however many."""
    ids = [post.pk for post in posts]
    reviews = latest_reviews(ids)
    versions: dict[int, list[Version]] = defaultdict(list)
    for version in (
        Version.objects.filter(post__in=ids, dropped_at=None).select_related("account").order_by("id")
    ):
        versions[version.post_id].append(version)
    numbers = [version.pk for group in versions.values() for version in group]
    approved = _approved(contents(numbers))
    deliveries: dict[int, list[Delivery]] = defaultdict(list)
    rows = Delivery.objects.filter(version__post__in=ids).select_related("account", "version")
    for delivery in rows.order_by("due_at", "id"):
        if delivery.version is not None:
            deliveries[delivery.version.post_id].append(delivery)
    return [
        _row(post, reviews.get(post.pk), versions[post.pk], approved, deliveries[post.pk]) for post in posts
    ]


def askers(practice: Practice) -> list[str]:
    """The names of those who may ask a person for permission."""
    living = Membership.objects.filter(practice=practice, ended_at=None).select_related("user")
    return sorted(one.user.name for one in living if one.can("consent.prepare"))


def _approved(found: dict[int, Content]) -> frozenset[int]:
    """The versions whose approval is for exactly what they hold now."""
    digests = {number: content.payload.digest for number, content in found.items()}
    given = Approval.objects.filter(version__in=digests).values_list("version_id", "digest")
    return frozenset(number for number, digest in given if digests[number] == digest)


def _row(
    post: Post,
    review: Review | None,
    versions: list[Version],
    approved: Collection[int],
    deliveries: list[Delivery],
) -> PostRow:
    """One post."""
    mine = frozenset(version.pk for version in versions if version.pk in approved)
    stands = bool(versions) and len(mine) == len(versions)
    return PostRow(post, _state(review, stands, deliveries), review, versions, mine, deliveries)


def _state(review: Review | None, stands: bool, deliveries: list[Delivery]) -> State:
    """The word that matters most now."""
    states = {delivery.state for delivery in deliveries}
    if review is not None and review.outcome in _OF_OUTCOME and not states & UNDER_WAY:
        return _OF_OUTCOME[Review.Outcome(review.outcome)]
    if states & UNDER_WAY:
        return SCHEDULED if stands else WILL_NOT_GO
    if states & TROUBLED:
        return TROUBLE
    if Delivery.State.PUBLISHED in states:
        return OUT
    if review is not None and review.outcome == Review.Outcome.APPROVED:
        return APPROVED if stands else CHANGED
    return DRAFT
