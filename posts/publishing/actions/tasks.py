"""Takedowns: asked for by a person, done by a person with proof; and what was out before Postern."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import Person
from consent.records.models import Consent
from consent.records.queries import consents_standing
from posts.channels.models import ChannelAccount
from posts.publishing.models import Attempt, Delivery, FoundPublication, Takedown
from posts.publishing.rules import QUARANTINE

from .locks import take
from .moves import move, owe_takedown

OUT = (Delivery.State.PUBLISHED, Delivery.State.FOUND, Delivery.State.UNKNOWN)


class NotOut(Exception):
    """There is nothing to take down."""


class ProofMissing(Exception):
    """A takedown by hand is closed with what the person saw."""


class MayStillCome(Exception):
    """Nobody can say yet that it is gone: it may be on its way."""


class NotATask(Exception):
    """Postern takes this down itself, or it is done already."""


def ask_takedown(*, delivery: Delivery, by: Actor, at: datetime) -> Takedown:
    """Someone here wants it down. Raises `NotOut`."""
    with recording(by=by, at=at):
        row = take(delivery.pk)
        takedown = owe_takedown(row, Takedown.Why.ASKED, at) if row.state in OUT else None
    if takedown is None:
        raise NotOut("It is not out, or is being taken down already.")
    return takedown


def finish_by_hand(*, takedown: Takedown, proof: str, by: Actor, at: datetime) -> None:
    """A person removed it and looked: `proof` says what they saw.

    Raises `ProofMissing`, `NotATask`, or `MayStillCome` while it may be on its way.
    """
    if not proof.strip():
        raise ProofMissing("Say what you saw: for example “the address says the post is gone”.")
    with recording(by=by, at=at):
        row = take(takedown.delivery_id)
        task = Takedown.objects.select_for_update(no_key=True, of=("self",)).get(pk=takedown.pk)
        if not task.by_hand or task.state != Takedown.State.OWED:
            raise NotATask("This takedown is done already, or Postern does it.")
        if _may_still_come(row, at):
            raise MayStillCome(
                "It may still appear: it was on its way a moment ago. Look again in a few minutes."
            )
        task.state, task.deleted_at = Takedown.State.DELETED, at
        task.done_by_id, task.proof = int(by.id), proof.strip()
        task.not_before = at + QUARANTINE
        task.save()
        record("takedown.deleted", row, takedown=task.pk)


def _may_still_come(row: Delivery, at: datetime) -> bool:
    """Whether someone may still be sending it, or the network may still do what it was asked without an answer."""
    unanswered = Q(outcome=Attempt.Outcome.UNKNOWN, ended_at__gt=at - QUARANTINE)
    return row.attempts.filter(Q(ended_at=None) | unanswered).exists()


def close_by_hand(*, takedown: Takedown, by: Actor, at: datetime) -> None:
    """The quarantine is over: believe the person, unless something is still under way."""
    with recording(by=by, at=at):
        row = take(takedown.delivery_id)
        task = Takedown.objects.select_for_update(no_key=True, of=("self",)).get(pk=takedown.pk)
        if task.state != Takedown.State.DELETED or row.attempts.filter(ended_at=None).exists():
            return
        task.state, task.closed_at, task.later_probes_left = Takedown.State.CLOSED, at, 0
        task.save(update_fields=["state", "closed_at", "later_probes_left"])
        if row.state in OUT:
            move(row, "removed", at, lease_until=None)
        record("takedown.closed", row, takedown=task.pk)


def record_found(
    *,
    account: ChannelAccount,
    address: str,
    seen_on: date,
    people: Collection[Person],
    people_unknown: bool,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Delivery:
    """Something of ours that was out before Postern. It never was SENDING; it is taken down like the rest.

    If someone in it has no permission that stands, the takedown is owed at once.
    """
    with recording(by=by, at=at):
        delivery = Delivery.objects.create(
            practice_id=account.practice_id,
            account=account,
            state=Delivery.State.FOUND,
            due_at=at,
            changed_at=at,
            published_at=at,
            remote_url=address,
        )
        found = FoundPublication.objects.create(
            practice_id=account.practice_id,
            delivery=delivery,
            address=address,
            seen_on=seen_on,
            note=note,
            people_unknown=people_unknown,
            recorded_by_id=int(by.id),
            recorded_at=at,
        )
        found.people.set(people)
        without = [person for person in people if not _has_any(person, at)]
        takedown = owe_takedown(delivery, Takedown.Why.MISSING, at) if without else None
        record("publication.found", delivery, takedown=takedown.pk if takedown else None)
    return delivery


def _has_any(person: Person, at: datetime) -> bool:
    """Whether any permission of the person stands."""
    consents = set(Consent.objects.filter(person=person).values_list("pk", flat=True))
    return bool(consents_standing(consents, at))
