"""What a delivery used of a person, as the decision it was made on keeps it."""

from collections.abc import Collection, Mapping
from typing import Any

from posts.clearance.models import Decision
from posts.publishing.models import Delivery
from posts.publishing.rules import part_touches


def touches(delivery: Delivery, part: Mapping[str, Collection[str]], people: Collection[int]) -> bool:
    """Whether a revocation by these people concerns what this delivery used. What is not known counts as used."""
    return part_touches(part, _used(delivery, people), delivery.account.platform)


def _used(delivery: Delivery, people: Collection[int]) -> dict[str, Collection[str]]:
    """Elements and assets that the delivery used of these people; nothing if that is not known."""
    decision = delivery.decision or _prepared_on(delivery)
    if decision is None:
        return {}
    facts: list[dict[str, Any]] = [
        person for person in decision.facts.get("people", ()) if person["person"]["id"] in people
    ]
    if not facts:
        return {}
    return {
        "elements": {key for person in facts for key in (*person["in_words"], *person["in_pictures"])},
        "assets": {key for person in facts for key in person["assets"]},
    }


def _prepared_on(delivery: Delivery) -> Decision | None:
    """The decision of the latest attempt that prepared anything."""
    attempt = delivery.attempts.exclude(prepare_decision=None).order_by("-fence").first()
    return attempt.prepare_decision if attempt else None
