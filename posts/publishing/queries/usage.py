"""What a delivery used of a person, as the decision it was made on keeps it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from consent.records.models import Revocation
from consent.records.queries import Row, instant, plain_rows
from posts.channels.rules import part_touches
from posts.clearance.models import Decision
from posts.publishing.models import Delivery

from .resting import looks_sent

# The consents of every decision that bytes left on: how many revocations were known then, and what there is now.
RELIED_ON = """SELECT l.consent_id, l.revocations_known AS known, c.ends_at,
      (SELECT MIN(e.occurred_at) FROM consent_endingevent e WHERE e.person_id = c.person_id
        AND e.kind = c.ends_event) AS event_at,
      (SELECT COUNT(*) FROM consent_invalidation i WHERE i.consent_id = c.id) AS invalidations,
      (SELECT COUNT(*) FROM consent_revocation v WHERE v.consent_id = c.id) AS revocations
    FROM posts_reliance l JOIN consent_consent c ON c.id = l.consent_id
    WHERE l.decision_id IN (SELECT decision_id FROM posts_delivery WHERE id IN ({ids})
      UNION SELECT prepare_decision_id FROM posts_attempt WHERE delivery_id IN ({ids}))"""


def touches(delivery: Delivery, part: Mapping[str, Collection[str]], people: Collection[int]) -> bool:
    """Whether a revocation by these people concerns what this delivery used. What is not known counts as used."""
    return part_touches(part, _used(delivery, people), delivery.account.platform)


def taken_back(delivery: Delivery, at: datetime) -> bool:
    """Whether what the delivery rested on was taken back since it was decided, marked wrong, or has ended by `at`.

    A hold is none of these: it may be lifted.
    """
    relied_on = plain_rows(RELIED_ON, [delivery.pk])
    if any(row["invalidations"] or _has_ended(row, at) for row in relied_on):
        return True
    known: dict[int, int] = {}
    for row in relied_on:
        if row["revocations"] > row["known"]:
            known[row["consent_id"]] = min(row["known"], known.get(row["consent_id"], row["known"]))
    return any(
        touches(delivery, revocation.part, {revocation.person_id})
        for consent, count in known.items()
        for revocation in Revocation.objects.filter(consent=consent).order_by("pk")[count:]
    )


def _has_ended(row: Row, at: datetime) -> bool:
    """Whether the consent has run out, by its date or by an event."""
    return any(row[end] is not None and instant(row[end]) <= at for end in ("ends_at", "event_at"))


def _used(delivery: Delivery, people: Collection[int]) -> dict[str, Collection[str]]:
    """Elements and assets that the delivery used of these people, as decided or as found in its pictures since.

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
    named = list(looks_sent(delivery, people))
    return {
        "elements": {key for person in facts for key in (*person["in_words"], *person["in_pictures"])}
        | {key for look in named for key in look.elements},
        "assets": {key for person in facts for key in person["assets"]}
        | {str(look.asset_id) for look in named},
    }


def _prepared_on(delivery: Delivery) -> Decision | None:
    """The decision of the latest attempt that prepared anything."""
    attempt = delivery.attempts.exclude(prepare_decision=None).order_by("-fence").first()
    return attempt.prepare_decision if attempt else None
