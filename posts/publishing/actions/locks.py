"""Take a delivery, then everyone it rests on, in the one order that all transactions keep (design 7.1)."""

from datetime import datetime

from django.db import connection

from posts.content.models import Version
from posts.publishing.models import Delivery
from posts.publishing.queries.resting import last_received, people_in


def take(delivery_id: int) -> Delivery:
    """The delivery, taken for update. In SQL, because every step of every delivery begins with it."""
    lock = connection.ops.for_update_sql(no_key=True) if connection.features.has_select_for_update else ""
    [row] = Delivery.objects.raw(f"SELECT * FROM posts_delivery WHERE id = %s {lock}", [delivery_id])
    return row


def version_of(delivery: Delivery) -> Version:
    """The version; only what was found outside has none, and that is never sent."""
    assert delivery.version is not None
    return delivery.version


def hold_people(version: Version, at: datetime) -> datetime:
    """Take everyone the version rests on for share, in id order, and return the instant to decide for.

    Whatever closes the gate takes the person for update, so it comes wholly before or wholly after. The instant is
    `at`, or that of the last thing received about these people if another machine's clock runs ahead of ours:
    otherwise the gate would think that a withdrawal already stored lies in the future.
    """
    people = people_in(version)
    if not people:
        return at
    if connection.vendor == "postgresql":
        # SQLite has one writer: its immediate transaction is the lock.
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM consent_person WHERE id = ANY(%s) ORDER BY id FOR SHARE", [people])
    received = last_received(people)
    return max(at, received) if received else at
