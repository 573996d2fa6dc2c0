"""Write consents and what ends them. Whatever can close the gate takes the person's row first (design 7.1)."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import partial

from django.db import transaction

from consent.access.models import Location
from consent.access.queries import facts_at
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.evidence.models import Signature
from consent.keys.ring import key_ring
from consent.people.models import Person, Representation
from consent.wording.models import Wording

from .journal import append_to_journal
from .models import Consent, EndingEvent, Hold, HolderLink, Invalidation, Revocation
from .queries import dossiers, standing_hold
from .rules import PersonFacts, Scope, Terms, ends_at

PARTS = ("elements", "platforms", "assets")


class NothingCovered(Exception):
    """A consent that covers nothing would be a signature for nothing."""


class NoEnd(Exception):
    """An authorization names the day or the event on which it ends (45 CFR 164.508(c)(1)(v); R6)."""


class NothingToRevoke(Exception):
    """There is no permission left that this would take back."""


def record_signed_consent(
    *,
    kind: str,
    signature: Signature,
    wording: Wording,
    location: Location,
    scope: Scope,
    statements: Collection[str],
    ends_on: date | None,
    ends_event: str = "",
    effective_from: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Consent:
    """Keep what was signed. Freezes the discloser's legal entity and the zone in which its end date is read.

    Raises `NothingCovered` if nothing was ticked where something must be, and `NoEnd` without an end.
    """
    _require_something(kind, scope)
    if ends_on is None and not ends_event:
        raise NoEnd("The permission needs a day or an event on which it ends.")
    facts = facts_at(location, at)
    consent = Consent(
        practice_id=signature.practice_id,
        person=signature.person,
        kind=kind,
        signature=signature,
        wording=wording,
        signer=signature.signer,
        signer_role=signature.role,
        representation=signature.representation,
        discloser=facts.legal_entity,
        location=location,
        zone=facts.time_zone,
        language=wording.language,
        scope=scope.to_json(),
        statements=sorted(statements),
        signed_at=signature.signed_at,
        effective_from=effective_from or signature.signed_at,
        ends_on=ends_on,
        ends_event=ends_event,
        recorded_at=at,
        recorded_by=str(by),
    )
    consent.ends_at = _last_instant(consent, signature.person)
    with recording(by=by, at=at):
        consent.save()
        proof = {"signature": signature.id, "text_sha256": signature.text_sha256}
        record("consent.signed", consent, person=signature.person_id, kind=kind, **proof)
    return consent


def _require_something(kind: str, scope: Scope) -> None:
    """A licence names places only; it shares nothing about a person (R96)."""
    lists = (
        ("platforms",) if kind == Consent.Kind.LICENCE else ("elements", "platforms", "formats", "purposes")
    )
    if not all(getattr(scope, name) for name in lists):
        raise NothingCovered("Nothing was ticked on one of the pages, so there is nothing to allow.")


def _last_instant(consent: Consent, person: Person) -> datetime | None:
    """When the consent ends by date, fixed for the database's own check."""
    terms = Terms(
        consent_id=0,
        kind=consent.kind,
        person_id=person.id,
        signer_role=consent.signer_role,
        signed_at=consent.signed_at,
        effective_from=consent.effective_from,
        zone=consent.zone,
        ends_on=consent.ends_on,
    )
    return ends_at(terms, PersonFacts(person.id, person.date_of_birth))


def revoke(
    *, consent: Consent, part: Mapping[str, Collection[str]] | None = None, how: str, by: Actor, at: datetime
) -> Revocation:
    """Take back a consent, wholly or in `part` (lists of keys under elements, platforms, assets).

    Counts from receipt, which is `at`; never waits for a network (R17, R1 of the protocol). A second whole
    revocation raises `NothingToRevoke`.
    """
    chosen = {name: sorted(set(keys)) for name, keys in (part or {}).items() if keys}
    if set(chosen) - set(PARTS):
        raise ValueError(f"A part names {', '.join(PARTS)} only.")
    with recording(by=by, at=at):
        _locked(consent.person_id)
        if consent.revocations.filter(part={}).exists():
            raise NothingToRevoke("This permission was already withdrawn.")
        revocation = Revocation.objects.create(
            practice_id=consent.practice_id,
            person_id=consent.person_id,
            consent=consent,
            part=chosen,
            how=how,
            received_at=at,
            received_by=str(by),
        )
        record(
            "consent.revoked",
            consent,
            person=consent.person_id,
            revocation=revocation.id,
            part=chosen,
            how=how,
        )
        transaction.on_commit(partial(append_to_journal, revocation))
    return revocation


def revoke_all(
    *,
    person: Person,
    part: Mapping[str, Collection[str]] | None = None,
    how: str,
    by: Actor,
    at: datetime,
) -> list[Revocation]:
    """Take back every permission of a person, wholly or in `part`, in one transaction.

    Raises `NothingToRevoke` when nothing that could still be relied on is left.
    """
    with recording(by=by, at=at):
        _locked(person.id)
        dossier = dossiers([person.id])[person.id]
        living = [
            terms.consent_id
            for terms in dossier.terms
            if not any(not revocation.part for revocation in terms.revocations)
        ]
        revocations = [
            revoke(consent=consent, part=part, how=how, by=by, at=at)
            for consent in Consent.objects.filter(id__in=living).order_by("id")
        ]
        if not revocations:
            raise NothingToRevoke("Nothing is allowed any more, so there is nothing to withdraw.")
        return revocations


def place_hold(*, person: Person, by: Actor, at: datetime) -> Hold:
    """An oral request to stop: everything of the person is suspended at once (R17). A second one changes nothing."""
    with recording(by=by, at=at):
        _locked(person.id)
        standing = standing_hold(person)
        if standing is not None:
            return standing
        placed_by = int(by.id) if by.kind == "user" else None
        hold = Hold.objects.create(
            practice_id=person.practice_id, person=person, placed_at=at, placed_by_id=placed_by
        )
        record("consent.held", person, person=person.id, hold=hold.id)
        return hold


def lift_hold(*, hold: Hold, by: Actor, at: datetime) -> Hold:
    """Lift a hold: the person has said that we may go on, or has put the withdrawal in writing."""
    with recording(by=by, at=at):
        _locked(hold.person_id)
        hold = Hold.objects.select_for_update().get(pk=hold.pk)
        if hold.lifted_at is None:
            hold.lifted_at = at
            hold.lifted_by_id = int(by.id)
            hold.save(update_fields=["lifted_at", "lifted_by"])
            record("consent.released", hold.person, person=hold.person_id, hold=hold.id)
        return hold


def invalidate(*, consent: Consent, reason: str, by: Actor, at: datetime) -> Invalidation:
    """Say that the record is wrong or rests on false information (45 CFR 164.508(b)(2)(v); R13)."""
    with recording(by=by, at=at):
        _locked(consent.person_id)
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
        _locked(person.id)
        event = EndingEvent.objects.create(
            practice_id=person.practice_id,
            person=person,
            kind=Consent.EndsEvent(kind),
            occurred_at=occurred_at,
            recorded_at=at,
        )
        record("consent.ended", person, person=person.id, kind=kind)
        return event


def issue_holder_link(
    *, person: Person, representation: Representation | None, resend: bool = False, by: Actor, at: datetime
) -> tuple[HolderLink, str]:
    """A new address of the person's own page for one holder; with `resend` the holder's older ones end.

    Returns the row and the token, which is kept nowhere.
    """
    token = secrets.token_urlsafe(32)
    with recording(by=by, at=at):
        if resend:
            for older in HolderLink.objects.filter(
                person=person, representation=representation, ended_at=None
            ):
                _end_link(older, at)
        link = HolderLink.objects.create(
            practice_id=person.practice_id,
            person=person,
            representation=representation,
            token_digest=token_digest(token),
            issued_at=at,
        )
        record(
            "link.issued",
            link,
            person=person.id,
            representation=representation.id if representation else None,
        )
    return link, token


def _end_link(link: HolderLink, at: datetime) -> None:
    """An older address stops working."""
    link.ended_at = at
    link.save(update_fields=["ended_at"])
    record("link.ended", link, person=link.person_id)


def token_digest(token: str) -> str:
    """The only thing kept of a token."""
    return key_ring().digest("holder-link", token)


def _locked(person_id: int) -> Person:
    """The person's row, taken for update: whatever closes the gate waits for a publication being decided."""
    return Person.objects.select_for_update().get(pk=person_id)
