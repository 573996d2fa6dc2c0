"""What rests on a person or a consent. Every query follows an index from the person; none reads all of history."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from consent.media.models import Appearance, Asset
from consent.people.queries import identities
from consent.records.queries import instant, plain_rows
from posts.clearance.queries import people_of
from posts.content.models import Mention, Version, VersionMedia
from posts.publishing.models import Attempt, AttemptPicture, AttemptReliance, Delivery, FoundPublication

STOPPABLE = (Delivery.State.SCHEDULED, Delivery.State.CLAIMED)
MAY_BE_SEEN = (Delivery.State.SENDING, Delivery.State.PUBLISHED, Delivery.State.UNKNOWN)
RECEIVED = """SELECT received_at AS at FROM consent_revocation WHERE person_id IN ({ids})
    UNION ALL SELECT placed_at FROM consent_hold WHERE person_id IN ({ids})
    UNION ALL SELECT at FROM consent_invalidation WHERE person_id IN ({ids})
    UNION ALL SELECT recorded_at FROM consent_endingevent WHERE person_id IN ({ids})
    UNION ALL SELECT ended_at FROM consent_representation WHERE person_id IN ({ids}) AND ended_at IS NOT NULL"""


def people_in(version: Version) -> list[int]:
    """Everyone the version rests on, merged records included, in id order."""
    return sorted(set().union(*identities(people_of(version)).values()))


def versions_with(person_ids: Collection[int]) -> set[int]:
    """The versions that mention or show any of these people, or reuse what they made."""
    shown = Appearance.objects.filter(person__in=person_ids, removed_at=None, masked=False).values("asset")
    made = Asset.objects.filter(author__in=person_ids).values("pk")
    media = VersionMedia.objects.filter(
        Q(rendition__asset__in=shown) | Q(rendition__asset__in=made)
    ).values_list("version_id", flat=True)
    mentions = Mention.objects.filter(person__in=person_ids).values_list("version_id", flat=True)
    return set(media) | set(mentions)


def stoppable(person_ids: Collection[int]) -> list[int]:
    """The deliveries not yet on their way that rest on any of these people."""
    rows = Delivery.objects.filter(version__in=versions_with(person_ids), state__in=STOPPABLE)
    return sorted(rows.values_list("pk", flat=True))


def tried_on(consent_ids: Collection[int]) -> list[int]:
    """The deliveries of which any attempt rested on one of these consents, whatever their state is now."""
    rows = AttemptReliance.objects.filter(consent_id__in=consent_ids)
    return sorted(set(rows.values_list("delivery_id", flat=True)))


def found_with(person_ids: Collection[int]) -> list[int]:
    """The deliveries that were found outside and show any of these people."""
    rows = FoundPublication.objects.filter(people__in=person_ids, delivery__state=Delivery.State.FOUND)
    return sorted(set(rows.values_list("delivery_id", flat=True)))


def still_open(consent_ids: Collection[int]) -> QuerySet[Attempt]:
    """The attempts that rest on these consents and from which bytes may still leave."""
    resting = AttemptReliance.objects.filter(consent_id__in=consent_ids).values("attempt")
    return Attempt.objects.filter(ended_at=None, pk__in=resting)


def sent_showing(person_ids: Collection[int]) -> QuerySet[Delivery]:
    """The deliveries of which any attempt was to send a picture that shows these people, as far as is known now."""
    looks = Appearance.objects.filter(person__in=person_ids, removed_at=None, masked=False)
    sent = AttemptPicture.objects.filter(asset__in=looks.values("asset"))
    return Delivery.objects.filter(pk__in=sent.values("delivery"))


def last_ended(consent_ids: Collection[int]) -> datetime | None:
    """When the last attempt that rested on these consents ended, if any has."""
    resting = AttemptReliance.objects.filter(consent_id__in=consent_ids).values("attempt")
    last: datetime | None = Attempt.objects.filter(pk__in=resting).aggregate(last=Max("ended_at"))["last"]
    return last


def shown_since(person_ids: Collection[int]) -> list[int]:
    """The deliveries, out or on their way, with a picture in which someone named these people only afterwards.

    No attempt rested on them, so nothing else would find it when they withdraw. What counts is what was sent: the
    post may show another picture by now.
    """
    rows = sent_showing(person_ids).filter(state__in=MAY_BE_SEEN).values_list("pk", flat=True)
    rested = AttemptReliance.objects.filter(person__in=person_ids).values_list("delivery_id", flat=True)
    return sorted(set(rows) - set(rested))


def looks_sent(delivery: Delivery, person_ids: Collection[int]) -> QuerySet[Appearance]:
    """Where these people appear in the pictures that were to be sent."""
    sent = AttemptPicture.objects.filter(delivery=delivery).values("asset")
    return Appearance.objects.filter(asset__in=sent, person__in=person_ids, removed_at=None, masked=False)


def last_received(person_ids: Collection[int]) -> datetime | None:
    """When something that can close the gate was last received about any of these people."""
    return max((instant(row["at"]) for row in plain_rows(RECEIVED, person_ids)), default=None)
