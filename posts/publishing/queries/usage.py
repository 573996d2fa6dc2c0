"""What a delivery used of a person, as the decision it was made on keeps it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from consent.records.models import Consent, EndingEvent, Invalidation, Revocation
from posts.channels.rules import part_touches
from posts.clearance.models import Decision, Reliance
from posts.content.queries import content_of
from posts.publishing.models import Delivery


def touches(delivery: Delivery, part: Mapping[str, Collection[str]], people: Collection[int]) -> bool:
    """Whether a revocation by these people concerns what this delivery used. What is not known counts as used."""
    return part_touches(part, _used(delivery, people), delivery.account.platform)


def taken_back(delivery: Delivery, at: datetime) -> bool:
    """Whether what the delivery rested on was taken back since it was decided, marked wrong, or has ended by `at`.

    A hold is none of these: it may be lifted.
    """
    known: dict[int, int] = {}
    for consent, count in _reliances(delivery):
        known[consent] = min(count, known.get(consent, count))
    if not known:
        return False
    if Invalidation.objects.filter(consent__in=known).exists() or _ended(known, at):
        return True
    rows: dict[int, list[Revocation]] = defaultdict(list)
    for row in Revocation.objects.filter(consent__in=known).order_by("pk"):
        rows[row.consent_id].append(row)
    new = [row for consent, count in known.items() for row in rows[consent][count:]]
    return any(touches(delivery, row.part, {row.person_id}) for row in new)


def _reliances(delivery: Delivery) -> list[tuple[int, int]]:
    """The consents of every decision that bytes left on, and how many revocations of each were known then."""
    decisions = set(delivery.attempts.values_list("prepare_decision", flat=True)) | {delivery.decision_id}
    rows = Reliance.objects.filter(decision__in=decisions - {None})
    return list(rows.values_list("consent_id", "revocations_known"))


def _ended(consent_ids: Collection[int], at: datetime) -> bool:
    """Whether any of the consents has run out, by its date or by an event."""
    rows = Consent.objects.filter(pk__in=consent_ids)
    happened = EndingEvent.objects.filter(
        person=OuterRef("person"), kind=OuterRef("ends_event"), occurred_at__lte=at
    )
    return rows.filter(Q(ends_at__lte=at) | Exists(happened)).exists()


def _used(delivery: Delivery, people: Collection[int]) -> dict[str, Collection[str]]:
    """Elements and assets that the delivery used of these people, as decided or as declared since.

    Nothing if that is not known. Someone may be found in a picture only after it went out.
    """
    decision = delivery.decision or _prepared_on(delivery)
    if decision is None:
        return {}
    facts: list[dict[str, Any]] = [
        person for person in decision.facts.get("people", ()) if person["person"]["id"] in people
    ]
    if not facts:
        return {}
    since = content_of(delivery.version).payload.people if delivery.version else ()
    now = [one for one in since if one.person in people]
    return {
        "elements": {key for person in facts for key in (*person["in_words"], *person["in_pictures"])}
        | {key for one in now for key in one.elements},
        "assets": {key for person in facts for key in person["assets"]}
        | {str(one.asset) for one in now if one.asset is not None},
    }


def _prepared_on(delivery: Delivery) -> Decision | None:
    """The decision of the latest attempt that prepared anything."""
    attempt = delivery.attempts.exclude(prepare_decision=None).order_by("-fence").first()
    return attempt.prepare_decision if attempt else None
