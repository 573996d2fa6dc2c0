"""What a worker should take up next. Each is one query on a partial index; a poll of an idle worker writes nothing."""

from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from consent.records.queries import plain_rows
from posts.channels.registry import ADAPTERS
from posts.content.models import Version
from posts.publishing.models import Attempt, Delivery, Pause, Takedown

# What keeps delivery `d` from being sent. In SQL, because it is asked at every poll and for every delivery.
PAUSED = """SELECT 1 FROM posts_pause p WHERE p.resumed_at IS NULL AND (p.account_id = d.account_id
      OR p.account_id IS NULL AND p.practice_id = d.practice_id OR p.account_id IS NULL AND p.practice_id IS NULL)"""
BEING_TAKEN_DOWN = "SELECT 1 FROM posts_takedown t WHERE t.delivery_id = d.id AND NOT (t.state = 'closed')"
NEXT_DUE = f"""SELECT d.id FROM posts_delivery d JOIN posts_channelaccount a ON a.id = d.account_id
    WHERE d.state = 'scheduled' AND d.due_at <= %s AND (d.not_before IS NULL OR d.not_before <= %s)
      AND a.adapter NOT IN ({{by_hand}}) AND NOT EXISTS ({PAUSED}) AND NOT EXISTS ({BEING_TAKEN_DOWN})
    ORDER BY d.due_at, d.id LIMIT 1"""


def standing_pauses() -> QuerySet[Pause]:
    """Every pause that nobody has ended."""
    return Pause.objects.filter(resumed_at=None)


def is_paused(delivery: Delivery) -> bool:
    """Whether the installation, the practice or the account of the delivery is paused."""
    return _is(PAUSED, delivery)


def being_taken_down(delivery: Delivery) -> bool:
    """Whether a takedown is open: until it is closed, nothing of this delivery is sent."""
    return _is(BEING_TAKEN_DOWN, delivery)


def _is(condition: str, delivery: Delivery) -> bool:
    query = f"SELECT 1 FROM posts_delivery d WHERE d.id IN ({{ids}}) AND EXISTS ({condition})"
    return bool(plain_rows(query, [delivery.pk]))


def next_due(at: datetime, *, lock: bool = False) -> int | None:
    """The delivery to send now, the longest due first: not paused, not by hand, nothing left to clean up.

    With `lock` it is taken for update, and rows that another worker holds are passed over.
    """
    by_hand = by_hand_adapters()
    query = NEXT_DUE.format(by_hand=", ".join("%s" for _ in by_hand) or "''")
    if lock and connection.features.has_select_for_update_skip_locked:
        query += " FOR NO KEY UPDATE OF d SKIP LOCKED"
    now = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(query, [now, now, *by_hand])
        found = cursor.fetchone()
    return found[0] if found else None


def last_approved(version: Version) -> datetime | None:
    """When the version's latest approval was given."""
    given = plain_rows("SELECT approved_at FROM posts_approval WHERE version_id IN ({ids})", [version.pk])
    return max((row["approved_at"] for row in given), default=None)


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
