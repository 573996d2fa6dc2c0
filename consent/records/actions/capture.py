"""Keep what was signed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from consent.access.models import Location
from consent.access.queries import facts_at
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.evidence.models import Signature
from consent.wording.models import Wording

from ..models import Consent
from ..rules import Scope, last_instant
from .disagreeing import note_earlier_withdrawals

# Our own forms are documents of their own, set in 14 point (templates/signing/document.html; R75).
OWN_PRINT_POINTS = 14


class NothingCovered(Exception):
    """A consent that covers nothing would be a signature for nothing."""


class NoEnd(Exception):
    """An authorization names the day or the event on which it ends (45 CFR 164.508(c)(1)(v); R6)."""


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
    consent = signed_row(
        signature,
        kind=kind,
        wording=wording,
        location=location,
        scope=scope,
        statements=sorted(statements),
        print_points=OWN_PRINT_POINTS,
        stands_alone=True,
        effective_from=effective_from or signature.signed_at,
        ends_on=ends_on,
        ends_event=ends_event,
        by=by,
        at=at,
    )
    with recording(by=by, at=at):
        consent.save()
        proof = {"signature": signature.id, "text_sha256": signature.text_sha256}
        record("consent.signed", consent, person=signature.person_id, kind=kind, **proof)
        note_earlier_withdrawals(consent=consent, by=by, at=at)
    return consent


def signed_row(
    signature: Signature,
    *,
    location: Location,
    scope: Scope,
    ends_on: date | None,
    by: Actor,
    at: datetime,
    **form: Any,
) -> Consent:
    """The row of a consent that `signature` gave, not yet saved: who, for whom, by what right, until which instant."""
    facts = facts_at(location, at)
    return Consent(
        practice_id=signature.practice_id,
        person=signature.person,
        signature=signature,
        signer=signature.signer,
        signer_role=signature.role,
        representation=signature.representation,
        discloser=facts.legal_entity,
        location=location,
        zone=facts.time_zone,
        language=signature.language,
        scope=scope.to_json(),
        signed_at=signature.signed_at,
        ends_on=ends_on,
        ends_at=last_instant(
            signer_role=signature.role,
            signed_at=signature.signed_at,
            zone=facts.time_zone,
            ends_on=ends_on,
            born=signature.person.date_of_birth,
        ),
        recorded_at=at,
        recorded_by=str(by),
        **form,
    )


def _require_something(kind: str, scope: Scope) -> None:
    """A licence names places only; it shares nothing about a person (R96)."""
    lists = (
        ("platforms",) if kind == Consent.Kind.LICENCE else ("elements", "platforms", "formats", "purposes")
    )
    if not all(getattr(scope, name) for name in lists):
        raise NothingCovered("Nothing was ticked on one of the pages, so there is nothing to allow.")
