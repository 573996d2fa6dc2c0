"""Whatever else ends or suspends a consent: a hold, an invalidation, an event."""

from collections.abc import Collection
from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import Person

from ..models import Consent, Disclosure, EndingEvent, Hold, Invalidation, Notarization
from ..queries import standing_hold
from .locks import locked


def place_hold(*, person: Person, consent: Consent | None = None, by: Actor, at: datetime) -> Hold:
    """An oral request to stop: everything of the person is suspended at once (R17), or the one `consent` that was
    expressly meant. A second one changes nothing.
    """
    with recording(by=by, at=at):
        locked(person.id)
        standing = standing_hold(person, consent)
        if standing is not None:
            return standing
        placed_by = int(by.id) if by.kind == "user" else None
        hold = Hold.objects.create(
            practice_id=person.practice_id,
            person=person,
            consent=consent,
            placed_at=at,
            placed_by_id=placed_by,
        )
        record("consent.held", person, person=person.id, hold=hold.id)
        return hold


def lift_hold(*, hold: Hold, by: Actor, at: datetime) -> Hold:
    """Lift a hold: the person has said that we may go on, or has put the withdrawal in writing."""
    with recording(by=by, at=at):
        locked(hold.person_id)
        hold = Hold.objects.select_for_update(no_key=True).get(pk=hold.pk)
        if hold.lifted_at is None:
            hold.lifted_at = at
            hold.lifted_by_id = int(by.id)
            hold.save(update_fields=["lifted_at", "lifted_by"])
            record("consent.released", hold.person, person=hold.person_id, hold=hold.id)
        return hold


def record_notarization(
    *, consent: Consent, notarized_on: date, notary: str, by: Actor, at: datetime
) -> Notarization:
    """Record that a notary witnessed the signature or a later statement about it (R79)."""
    with recording(by=by, at=at):
        notarization = Notarization.objects.create(
            practice_id=consent.practice_id,
            consent=consent,
            notarized_on=notarized_on,
            notary=notary.strip(),
            recorded_by_id=int(by.id),
            recorded_at=at,
        )
        record("consent.notarized", consent, person=consent.person_id, notarization=notarization.pk)
    return notarization


def record_disclosure(
    *, consent: Consent, reference: str, platform: str, disclosed_at: datetime, by: Actor, at: datetime
) -> None:
    """Record that something resting on the consent went out elsewhere, or before Postern (R77)."""
    with recording(by=by, at=at):
        note_uses(consents=[consent], reference=reference, platform=platform, at=disclosed_at)


def note_uses(*, consents: Collection[Consent], reference: str, platform: str, at: datetime) -> None:
    """Within an action: the consents were used for `reference`, which counts once however often it goes out (R77)."""
    rows = Disclosure.objects.filter(consent__in=consents, reference=reference)
    noted = set(rows.values_list("consent_id", flat=True))
    fresh = [consent for consent in consents if consent.pk not in noted]
    Disclosure.objects.bulk_create(
        Disclosure(
            practice_id=consent.practice_id,
            consent=consent,
            person_id=consent.person_id,
            reference=reference,
            platform=platform,
            disclosed_at=at,
        )
        for consent in fresh
    )
    for consent in fresh:
        record("consent.used", consent, person=consent.person_id, reference=reference, platform=platform)


def invalidate(*, consent: Consent, reason: str, by: Actor, at: datetime) -> Invalidation:
    """Say that the record is wrong or rests on false information (45 CFR 164.508(b)(2)(v); R13)."""
    with recording(by=by, at=at):
        locked(consent.person_id)
        invalidation = Invalidation.objects.create(
            practice_id=consent.practice_id,
            person_id=consent.person_id,
            consent=consent,
            reason=Invalidation.Reason(reason),
            at=at,
            by_id=int(by.id),
        )
        record("consent.invalidated", consent, person=consent.person_id, reason=reason)
        return invalidation


def record_ending_event(
    *, person: Person, kind: str, occurred_at: datetime, by: Actor, at: datetime
) -> EndingEvent:
    """Record that something has happened on which consents of this person end (R6)."""
    with recording(by=by, at=at):
        locked(person.id)
        event = EndingEvent.objects.create(
            practice_id=person.practice_id,
            person=person,
            kind=Consent.EndsEvent(kind),
            occurred_at=occurred_at,
            recorded_at=at,
        )
        record("consent.ended", person, person=person.id, kind=kind)
        return event
