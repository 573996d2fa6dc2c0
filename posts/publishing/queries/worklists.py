"""What waits for someone: each home page shows these."""

from datetime import datetime

from django.db.models import QuerySet

from consent.access.models import Practice
from posts.publishing.models import Delivery, Pause, Takedown

from .due import by_hand_adapters, standing_pauses


def deliveries_of(practice: Practice) -> QuerySet[Delivery]:
    """The deliveries of a practice with what a list shows of each."""
    return Delivery.objects.filter(practice=practice).select_related(
        "version__post", "account", "scheduled_by", "found_publication"
    )


def by_hand_due(practice: Practice, at: datetime) -> QuerySet[Delivery]:
    """What someone should post by hand now, or has begun to; the longest due first."""
    states = [Delivery.State.SCHEDULED, Delivery.State.CLAIMED, Delivery.State.SENDING]
    rows = deliveries_of(practice).filter(
        account__adapter__in=by_hand_adapters(), state__in=states, due_at__lte=at
    )
    return rows.order_by("due_at", "pk")


def takedowns_owed(practice: Practice, at: datetime) -> QuerySet[Takedown]:
    """Takedowns that a person must do, the first deadline first."""
    return _open_takedowns(practice).filter(by_hand=True, state=Takedown.State.OWED)


def takedowns_running(practice: Practice) -> QuerySet[Takedown]:
    """Takedowns that Postern does, or that wait for the end of the quarantine."""
    return _open_takedowns(practice).exclude(by_hand=True, state=Takedown.State.OWED)


def unknown_deliveries(practice: Practice) -> QuerySet[Delivery]:
    """Deliveries of which nobody knows whether they went out."""
    return deliveries_of(practice).filter(state=Delivery.State.UNKNOWN).order_by("changed_at")


def returned_deliveries(practice: Practice) -> QuerySet[Delivery]:
    """Posts that came back to their authors, and were not scheduled anew since."""
    rows = deliveries_of(practice).filter(state=Delivery.State.RETURNED).order_by("-changed_at")
    return rows.exclude(
        version__in=Delivery.objects.filter(practice=practice)
        .filter(
            state__in=[
                Delivery.State.SCHEDULED,
                Delivery.State.CLAIMED,
                Delivery.State.SENDING,
                Delivery.State.PUBLISHED,
            ]
        )
        .exclude(version=None)
        .values("version")
    )


def pauses_of(practice: Practice) -> QuerySet[Pause]:
    """The pauses that hold the practice's posts back now."""
    everywhere = standing_pauses().filter(practice=None)
    return (standing_pauses().filter(practice=practice) | everywhere).select_related("account")


def _open_takedowns(practice: Practice) -> QuerySet[Takedown]:
    rows = Takedown.objects.filter(practice=practice).exclude(state=Takedown.State.CLOSED)
    related = ("delivery__version__post", "delivery__account", "delivery__found_publication", "done_by")
    return rows.select_related(*related).order_by("due_at", "pk")
