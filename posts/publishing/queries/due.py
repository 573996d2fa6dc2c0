"""What a worker should take up next. Each is one query on a partial index; a poll of an idle worker writes nothing."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from posts.channels.registry import ADAPTERS
from posts.publishing.models import Attempt, Delivery, Pause, Takedown


def standing_pauses() -> QuerySet[Pause]:
    """Every pause that nobody has ended."""
    return Pause.objects.filter(resumed_at=None)


def is_paused(delivery: Delivery) -> bool:
    """Whether the installation, the practice or the account of the delivery is paused."""
    return standing_pauses().filter(_covering(delivery.practice_id, delivery.account_id)).exists()


def _covering(practice_id: int, account_id: int) -> Q:
    everywhere = Q(practice=None, account=None)
    return everywhere | Q(practice=practice_id, account=None) | Q(account=account_id)


def due_deliveries(at: datetime) -> QuerySet[Delivery]:
    """Deliveries to send now, the longest due first: not paused, not by hand, nothing left to clean up."""
    paused = standing_pauses().filter(
        Q(practice=None, account=None)
        | Q(practice=OuterRef("practice"), account=None)
        | Q(account=OuterRef("account"))
    )
    uncleaned = Takedown.objects.filter(delivery=OuterRef("pk")).exclude(state=Takedown.State.CLOSED)
    return (
        Delivery.objects.filter(state=Delivery.State.SCHEDULED, due_at__lte=at)
        .filter(Q(not_before=None) | Q(not_before__lte=at))
        .exclude(account__adapter__in=by_hand_adapters())
        .exclude(Exists(paused))
        .exclude(Exists(uncleaned))
        .order_by("due_at", "pk")
    )


def expired_attempts(at: datetime) -> QuerySet[Attempt]:
    """Attempts whose lease ran out without an outcome."""
    return Attempt.objects.filter(ended_at=None, lease_until__lt=at).order_by("lease_until", "pk")


def expired_claims(at: datetime) -> QuerySet[Delivery]:
    """Deliveries claimed by someone who did nothing with them."""
    open_attempt = Attempt.objects.filter(delivery=OuterRef("pk"), ended_at=None)
    claimed = Delivery.objects.filter(state=Delivery.State.CLAIMED, lease_until__lt=at)
    return claimed.exclude(Exists(open_attempt)).order_by("lease_until", "pk")


def unknown_to_probe(at: datetime) -> QuerySet[Delivery]:
    """Deliveries of unknown outcome about which a channel can be asked now."""
    silent = [key for key, adapter in ADAPTERS.items() if not adapter.capability.probe]
    rows = Delivery.objects.filter(state=Delivery.State.UNKNOWN, not_before__lte=at)
    return rows.exclude(account__adapter__in=silent).order_by("not_before", "pk")


def due_takedowns(at: datetime) -> QuerySet[Takedown]:
    """Takedowns that Postern does itself and whose turn has come, later probes included."""
    return (
        Takedown.objects.filter(not_before__lte=at, later_probes_left__gt=0, by_hand=False)
        .filter(Q(lease_until=None) | Q(lease_until__lt=at))
        .order_by("not_before", "pk")
    )


def unfinished(at: datetime) -> QuerySet[Delivery]:
    """Deliveries that were due by `at` and have come to no end."""
    states = (Delivery.State.SCHEDULED, Delivery.State.CLAIMED, Delivery.State.SENDING)
    return Delivery.objects.filter(state__in=states, due_at__lte=at).order_by("pk")


def by_hand_adapters() -> list[str]:
    """The adapters behind which a person stands."""
    return [key for key, adapter in ADAPTERS.items() if adapter.capability.by_hand]


def finished_by_hand(at: datetime) -> QuerySet[Takedown]:
    """Takedowns that a person did, whose quarantine is over."""
    rows = Takedown.objects.filter(by_hand=True, state=Takedown.State.DELETED, not_before__lte=at)
    return rows.filter(later_probes_left__gt=0).order_by("not_before", "pk")
