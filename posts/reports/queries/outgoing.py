"""Duties about posts: reviews, what came back, what is posted and taken down by hand, what nobody knows."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet

from consent.outbox.queries import stuck_mail
from posts.clearance.models import Review
from posts.clearance.queries import waiting_clearings, waiting_reviews
from posts.publishing.models import Delivery
from posts.publishing.queries import (
    by_hand_due,
    returned_deliveries,
    takedowns_owed,
    unknown_deliveries,
)

from ..rules import SHOWN, SOON, STOPPED, WAITS, Row
from .desk import Desk

WEEK = timedelta(days=7)
STOPPED_LATELY = timedelta(days=14)


def reviews(desk: Desk) -> Iterator[Row]:
    """Posts that wait for somebody else's eyes; what the member sent themselves is for a colleague."""
    for review in waiting_reviews(desk.practice)[:SHOWN]:
        own = desk.member.user_id in (review.submitted_by_id, review.post.author_id)
        wish = "A colleague looks at it." if own else "Look at it and decide."
        sentence = f"{review.submitted_by} sent “{review.post}” for review. {wish}"
        button = "Review" if desk.can("post.approve") and not own else "Look"
        yield Row(WAITS, sentence, "clearance:review", review.pk, button, review.submitted_at, "sent")


def clearings(desk: Desk) -> Iterator[Row]:
    """Findings that someone asks to clear and that wait for a second person; not what the member asked or wrote."""
    others = (
        one
        for one in waiting_clearings(desk.practice)
        if desk.member.user_id not in (one.proposed_by_id, one.version.post.author_id)
    )
    for one in islice(others, SHOWN):
        sentence = f"{one.proposed_by} asks to clear something in “{one.version.post}”: {one.why}"
        yield Row(WAITS, sentence, "clearance:clearing", one.pk, "Look at it", one.proposed_at, "asked")


def sent_back(desk: Desk) -> Iterator[Row]:
    """Posts that a reviewer returned or refused and that nobody has sent again."""
    for review in _latest(desk).filter(outcome__in=["returned", "refused"])[:SHOWN]:
        word = "sent back" if review.outcome == Review.Outcome.RETURNED else "refused"
        sentence = f"“{review.post}” was {word}: {review.comment}"
        yield Row(WAITS, sentence, "planning:post", review.post_id, "Change it", review.decided_at, word)


def approved_and_idle(desk: Desk) -> Iterator[Row]:
    """Posts that were approved and have no time to go out yet."""
    scheduled = Delivery.objects.filter(version__post=OuterRef("post"))
    for review in _latest(desk).filter(~Exists(scheduled), outcome="approved")[:SHOWN]:
        sentence = f"“{review.post}” is approved and has no time yet."
        yield Row(
            WAITS, sentence, "planning:post", review.post_id, "Schedule it", review.decided_at, "approved"
        )


def by_hand(desk: Desk) -> Iterator[Row]:
    """Posts whose time has come on a channel behind which a person stands."""
    for delivery in by_hand_due(desk.practice, desk.at)[:SHOWN]:
        sentence = f"“{_title(delivery)}” is to be posted on {_where(delivery)}."
        yield Row(WAITS, sentence, "publishing:by_hand", delivery.pk, "Post it", delivery.due_at, "due")


def returned(desk: Desk) -> Iterator[Row]:
    """Deliveries that came back: too late, changed, or no longer approved."""
    for delivery in returned_deliveries(desk.practice)[:SHOWN]:
        sentence = f"“{_title(delivery)}” did not go to {_where(delivery)}: {_why(delivery)}"
        yield Row(
            STOPPED, sentence, "planning:post", _post(delivery), "Open", delivery.changed_at, "came back"
        )


def stopped(desk: Desk) -> Iterator[Row]:
    """Deliveries that the gate stopped, or the channel refused, within the last two weeks."""
    states = [Delivery.State.BLOCKED, Delivery.State.FAILED]
    rows = _deliveries(desk).filter(state__in=states, changed_at__gte=desk.at - STOPPED_LATELY)
    for delivery in rows.order_by("changed_at")[:SHOWN]:
        who = "the gate stopped it" if delivery.state == Delivery.State.BLOCKED else "the channel refused it"
        sentence = f"“{_title(delivery)}” does not go to {_where(delivery)}: {who}."
        yield Row(
            STOPPED, sentence, "planning:post", _post(delivery), "See why", delivery.changed_at, "stopped"
        )


def takedowns(desk: Desk) -> Iterator[Row]:
    """What a person has to remove, the first deadline first (R17, R52)."""
    for takedown in takedowns_owed(desk.practice, desk.at)[:SHOWN]:
        sentence = f"Take “{_title(takedown.delivery)}” down from {_where(takedown.delivery)}."
        group = WAITS if takedown.due_at <= desk.at + timedelta(days=1) else SOON
        button = "Take it down" if desk.can("takedown.do") else "Look"
        yield Row(group, sentence, "publishing:takedown", takedown.pk, button, takedown.due_at, "by")


def unknown(desk: Desk) -> Iterator[Row]:
    """Deliveries of which nobody knows whether they went out: somebody looks and says so."""
    for delivery in unknown_deliveries(desk.practice)[:SHOWN]:
        sentence = f"Did “{_title(delivery)}” go out on {_where(delivery)}? Look there and say so."
        button = "Settle it" if desk.can("delivery.settle") else "Look"
        yield Row(WAITS, sentence, "publishing:delivery", delivery.pk, button, delivery.changed_at, "since")


def mail(desk: Desk) -> Iterator[Row]:
    """Messages that could not be sent."""
    for message in stuck_mail(desk.practice.pk)[:SHOWN]:
        sentence = f"A message could not be sent ({message.kind}): {message.last_error}"
        yield Row(STOPPED, sentence, "access:stuck_mail", None, "Look at it", message.created_at, "written")


def week_ahead(desk: Desk) -> list[Delivery]:
    """What goes out within the next seven days."""
    rows = _deliveries(desk).filter(
        state=Delivery.State.SCHEDULED, due_at__gte=desk.at, due_at__lte=desk.at + WEEK
    )
    return list(rows.order_by("due_at")[: SHOWN * 2])


def _latest(desk: Desk) -> QuerySet[Review]:
    """The latest review of each post that is still there, the oldest decision first; of one's own posts only."""
    later = Review.objects.filter(post=OuterRef("post"), pk__gt=OuterRef("pk"))
    rows = Review.objects.filter(~Exists(later), practice=desk.practice, post__discarded_at=None)
    if desk.can("post.write"):
        rows = rows.filter(post__author=desk.member.user_id)
    return rows.select_related("post").order_by("decided_at")


def _deliveries(desk: Desk) -> QuerySet[Delivery]:
    return Delivery.objects.filter(practice=desk.practice).select_related("version__post", "account")


def _title(delivery: Delivery) -> str:
    """What the post is called; something found outside has only its place."""
    return delivery.version.post.title if delivery.version else "A post from before"


def _post(delivery: Delivery) -> int | None:
    return delivery.version.post_id if delivery.version else None


def _where(delivery: Delivery) -> str:
    return f"{delivery.account.get_platform_display()} ({delivery.account.handle})"


def _why(delivery: Delivery) -> str:
    return delivery.why or "look at it once more."
