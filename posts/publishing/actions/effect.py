"""R2: from here on no byte leaves that rests on what was withdrawn, and the person is told so."""

from datetime import datetime

from django.db.models import F

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.outbox.actions import enqueue_mail
from consent.people.models import ContactPoint, Person
from consent.people.queries import identity_ids
from consent.records.models import Revocation
from posts.publishing.models import Delivery, RevocationEffect, Takedown
from posts.publishing.queries.resting import (
    found_with,
    last_ended,
    shown_since,
    still_open,
    tried_on,
    versions_with,
)


def take_effect(*, revocation_id: int, by: Actor, at: datetime) -> bool:
    """Declare a withdrawal in effect, once; False while an attempt that rests on it may still send.

    The withdrawal itself stopped every new intent when it was stored. An attempt that was under way then is waited
    for, or its lease: at most a minute, ten where a person posts by hand.
    """
    revocation = Revocation.objects.select_related("person").get(pk=revocation_id)
    with recording(by=by, at=at):
        # Whoever decides on this person holds the row for share; so does another worker that wants to say the same.
        everyone = identity_ids(revocation.person)
        list(Person.objects.select_for_update(no_key=True).filter(pk__in=everyone).order_by("pk"))
        if RevocationEffect.objects.filter(revocation=revocation).exists():
            return True
        if still_open([revocation.consent_id]).exists():
            return False
        # `at` was read before we got here: what was under way may have ended later than that.
        ended = last_ended([revocation.consent_id])
        effect = RevocationEffect.objects.create(
            practice_id=revocation.practice_id,
            revocation=revocation,
            effective_at=max(at, revocation.received_at, ended or at),
            deliveries_blocked=_blocked(revocation),
            takedowns_owed=_owed(revocation),
        )
        record(
            "revocation.effective",
            revocation.consent,
            person=revocation.person_id,
            revocation=revocation.pk,
            blocked=effect.deliveries_blocked,
            takedowns=effect.takedowns_owed,
        )
        _tell(revocation, everyone, at)
    return True


def _blocked(revocation: Revocation) -> int:
    """How many deliveries of this person were stopped since it was received."""
    return Delivery.objects.filter(
        version__in=versions_with([revocation.person_id]),
        state=Delivery.State.BLOCKED,
        changed_at__gte=revocation.received_at,
    ).count()


def _owed(revocation: Revocation) -> int:
    """How many takedowns it brought about."""
    person = [revocation.person_id]
    deliveries = {*tried_on([revocation.consent_id]), *found_with(person), *shown_since(person)}
    return Takedown.objects.filter(delivery__in=deliveries, owed_at__gte=revocation.received_at).count()


def _tell(revocation: Revocation, everyone: set[int], at: datetime) -> None:
    """A mail to the person, if we know where; nothing in it says what it was about.

    A withdrawal of several permissions at once is one to the person: they are told when the last is in effect.
    """
    together = Revocation.objects.filter(
        person__in=everyone,
        received_at=revocation.received_at,
        received_by=revocation.received_by,
        how=revocation.how,
    )
    if together.filter(effect=None).exists():
        return
    points = ContactPoint.objects.filter(
        person=revocation.person_id, kind=ContactPoint.Kind.EMAIL, bounced_at=None
    )
    # PostgreSQL would put those that nobody verified first.
    point = points.order_by(F("verified_at").desc(nulls_last=True), "pk").first()
    if point is None:
        return
    practice = revocation.person.practice
    removal = (
        "Nothing of yours was out."
        if not RevocationEffect.objects.filter(revocation__in=together, takedowns_owed__gt=0).exists()
        else "What is out is being taken down, and we check that it is gone. "
        "Copies that others saved cannot be called back."
    )
    enqueue_mail(
        kind="revocation_effective",
        recipient=point.value,
        subject=f"{practice.name}: we have stopped",
        body=(
            "You asked us to stop sharing. From now on nothing new goes out that rests on what you took back. "
            f"{removal}\n\nQuestions: {practice.phone}, or {practice.privacy_email}.\n\n{practice.name}"
        ),
        practice_id=practice.pk,
        about=f"revocation:{revocation.pk}",
        at=at,
    )
