"""One step of a delivery's life, and the duties that some steps bring with them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from consent.audit.ledger import record
from posts.channels.registry import capability_of
from posts.clearance.models import Decision
from posts.clearance.queries import Ruling
from posts.gate.reasons import CATALOGUE
from posts.publishing.models import Attempt, AttemptPicture, AttemptReliance, Delivery, Takedown
from posts.publishing.rules import BY_HAND_TAKEDOWN, LATER_PROBES, check_next

WHY_LENGTH = 300
# Nothing is under way, and nothing is known or thought to be out.
AT_REST = (
    Delivery.State.SCHEDULED,
    Delivery.State.BLOCKED,
    Delivery.State.RETURNED,
    Delivery.State.CANCELLED,
    Delivery.State.FAILED,
)


def move(delivery: Delivery, state: str, at: datetime, **fields: Any) -> None:
    """Go on to `state`, if it may follow. Raises `NotAllowedNext`."""
    check_next(delivery.state, state)
    delivery.state = Delivery.State(state)
    delivery.changed_at = at
    for name, value in fields.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=["state", "changed_at", *fields])


def block(delivery: Delivery, decision: Decision, at: datetime) -> None:
    """Stopped by the gate, for the decision's reasons; what was prepared is cleaned up."""
    codes = sorted({reason["code"] for reason in decision.reasons})
    because = " ".join(f"{CATALOGUE[code].because.capitalize()}." for code in codes if code in CATALOGUE)
    move(delivery, "blocked", at, why=because[:WHY_LENGTH])
    record("delivery.blocked", delivery, codes=codes, why="gate")
    owe_cleaning(delivery, at)


def give_back(delivery: Delivery, why: str, at: datetime) -> None:
    """Back to its author, with a sentence; what was prepared is cleaned up."""
    move(delivery, "returned", at, why=why[:WHY_LENGTH])
    record("delivery.returned", delivery, why=why)
    owe_cleaning(delivery, at)


def rely(attempt: Attempt, ruling: Ruling) -> None:
    """Save the attempt with the people, consents and pictures it rests on: a withdrawal finds it by an index."""
    first, before = attempt.pk is None, set(attempt.rests_on)
    attempt.rests_on = sorted(
        before | {(relied.person, relied.consent) for relied in ruling.verdict.relied_on}
    )
    attempt.person_ids = sorted({person for person, _ in attempt.rests_on})
    attempt.consent_ids = sorted({consent for _, consent in attempt.rests_on})
    attempt.save()
    AttemptReliance.objects.bulk_create(
        AttemptReliance(
            attempt=attempt, delivery_id=attempt.delivery_id, person_id=person, consent_id=consent
        )
        for person, consent in attempt.rests_on
        if (person, consent) not in before
    )
    assets = {int(picture.asset) for picture in ruling.facts.pictures}
    known = set(attempt.pictures.values_list("asset_id", flat=True)) if assets and not first else set[int]()
    AttemptPicture.objects.bulk_create(
        AttemptPicture(attempt=attempt, delivery_id=attempt.delivery_id, asset_id=asset)
        for asset in sorted(assets - known)
    )


def left_something(attempts: Iterable[Attempt]) -> bool:
    """Whether anything of these attempts may be on the network: all but those of which nothing came."""
    nothing = (Attempt.Outcome.REFUSED, Attempt.Outcome.NOT_SENT)
    return any(bool(attempt.prepared) or attempt.outcome not in nothing for attempt in attempts)


def owe_cleaning(delivery: Delivery, at: datetime) -> Takedown | None:
    """Owe the removal of what earlier attempts prepared, before anything else happens to the delivery.

    Not while a later attempt is under way or may be out: it uses the same key, and answers for itself.
    """
    if delivery.state not in AT_REST or not left_something(delivery.attempts.all()):
        return None
    return owe_takedown(delivery, Takedown.Why.CLEAN_UP, at)


def owe_takedown(delivery: Delivery, why: str, at: datetime) -> Takedown | None:
    """Owe the removal of the post and its media; None if that is owed already or done for good.

    Cleaning up what was never out becomes a takedown proper when a withdrawal comes on top of it.
    """
    standing = delivery.takedowns.exclude(state=Takedown.State.CLOSED).first()
    if standing is not None:
        if standing.why == Takedown.Why.CLEAN_UP and why != Takedown.Why.CLEAN_UP:
            standing.why = why
            standing.save(update_fields=["why"])
            record("takedown.owed", delivery, takedown=standing.pk, why=why)
            return standing
        return None
    if delivery.state == Delivery.State.REMOVED:
        return None
    by_hand = delivery.state == Delivery.State.FOUND or not _deletes_itself(delivery)
    takedown = Takedown.objects.create(
        practice_id=delivery.practice_id,
        delivery=delivery,
        why=why,
        owed_at=at,
        due_at=at + BY_HAND_TAKEDOWN if by_hand else at,
        by_hand=by_hand,
        not_before=at,
        later_probes_left=len(LATER_PROBES),
    )
    record("takedown.owed", delivery, takedown=takedown.pk, why=why)
    return takedown


def _deletes_itself(delivery: Delivery) -> bool:
    """Whether Postern can take it down without a person."""
    capability = capability_of(delivery.account)
    return capability.can_delete and not capability.by_hand
