"""Consents for tests, made through the real models and actions, signed as the defaults say unless told otherwise."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from consent.access.models import User
from consent.audit.rules import SYSTEM
from consent.evidence.models import CopyGiven, Document, Signature, SignatureMark, SignedDocument
from consent.people.models import Person, Representation
from consent.records.actions import Paper, record_paper, record_signed_consent
from consent.records.models import Consent
from consent.records.rules import Scope
from consent.wording.models import Template, Wording
from tests.cast import NOW, Cast, by

SIGNED_AT = datetime.fromisoformat("2026-06-01T14:00:00+00:00")
ENDS_ON = date(2027, 5, 31)
ANCHORS = (
    "info_description",
    "discloser",
    "recipient",
    "purpose",
    "expiry",
    "signature_date",
    "right_to_revoke",
    "no_conditioning",
    "redisclosure",
)
FULL_SCOPE: dict[str, Any] = {
    "elements": ["first_name", "face", "condition", "treatment", "quote"],
    "platforms": ["website", "instagram", "facebook"],
    "formats": ["post", "reel"],
    "purposes": ["testimonial", "education", "team"],
    "assets": ["*"],
    "posts": ["*"],
}


def given_wording(cast: Cast, kind: str = "authorization_adult") -> Wording:
    """A wording of the practice, in effect since January."""
    template, _ = Template.objects.get_or_create(practice=cast.practice, kind=kind, defaults={"title": kind})
    wording, _ = Wording.objects.get_or_create(
        practice=cast.practice,
        template=template,
        version="v3",
        language="en",
        defaults={
            "title": "My permission to share my story",
            "sections": [],
            "anchors": list(ANCHORS),
            "intent": "I sign this form.",
            "effective_from": datetime.fromisoformat("2026-01-05T00:00:00+00:00"),
        },
    )
    return wording


def given_signature(
    cast: Cast,
    person: Person,
    *,
    signer: Person | None = None,
    representation: Representation | None = None,
    signed_at: datetime = SIGNED_AT,
    complete: bool = True,
    copied: bool = True,
) -> Signature:
    """A witnessed signature with its document and copy, unless told otherwise."""
    at = signed_at.isoformat()
    text = hashlib.sha256(f"{person.pk}-{signed_at}".encode()).hexdigest()
    signature = Signature.objects.create(
        practice_id=person.practice_id,
        person=person,
        signer=signer or person,
        role="personal_representative" if representation else "self",
        representation=representation,
        method="typed",
        signed_at=signed_at,
        text_sha256=text,
        answers={"elements": {"first_name": at}},
        intent="I sign this form.",
        identity_method="photo_id",
        identity_checked_by=cast.finn,
        witness=cast.freya,
        witnessed_at=signed_at,
        disclosure_version="2026-01",
        disclosure_accepted_at=signed_at,
        capacity_attested_by=cast.finn,
        language="en",
        signer_language=(signer or person).language,
        privacy_notice="2026-01",
        device={"kind": "kiosk", "ip": "192.0.2.1", "agent": "test"},
        events=[{"kind": "opened", "at": at}, {"kind": "signed", "at": at}],
    )
    SignatureMark.objects.create(signature=signature, typed_name=str(person))
    if complete:
        _store_document(signature)
    if copied:
        CopyGiven.objects.create(
            practice_id=person.practice_id,
            signature=signature,
            method="screen",
            given_at=signed_at + timedelta(minutes=5),
            given_by="test",
            sha256=text,
        )
    return signature


def _store_document(signature: Signature) -> None:
    """The rows of a stored document; no test of these reads its bytes."""
    document = Document.objects.create(
        practice_id=signature.practice_id,
        kind="authorization",
        sha256=hashlib.sha256(f"pdf {signature.pk}".encode()).hexdigest(),
        storage_key=f"nowhere/{signature.pk}.pdf",
        size=1,
        rendered_at=signature.signed_at,
    )
    SignedDocument.objects.create(
        practice_id=signature.practice_id, signature=signature, document=document, ledger_seq=1
    )


def signed_consent(
    cast: Cast,
    person: Person,
    *,
    kind: str = "authorization",
    signer: Person | None = None,
    representation: Representation | None = None,
    signed_at: datetime = SIGNED_AT,
    ends_on: date | None = ENDS_ON,
    ends_event: str = "",
    effective_from: datetime | None = None,
    statements: Iterable[str] = ANCHORS,
    complete: bool = True,
    copied: bool = True,
    form: str = "",
    **scope: Any,
) -> Consent:
    """A consent of `person` for everything usual; keyword lists narrow its scope (``platforms=["website"]``).

    `form` is the kind of the form it was given on, if not the usual one.
    """
    signature = given_signature(
        cast,
        person,
        signer=signer,
        representation=representation,
        signed_at=signed_at,
        complete=complete,
        copied=copied,
    )
    return record_signed_consent(
        kind=kind,
        signature=signature,
        wording=given_wording(
            cast, form or ("staff_release" if kind == "release" else "authorization_adult")
        ),
        location=cast.location,
        scope=Scope.from_json({**FULL_SCOPE, **scope}),
        statements=list(statements),
        ends_on=ends_on,
        ends_event=ends_event,
        effective_from=effective_from,
        by=SYSTEM,
        at=signed_at,
    )


def found_consent(cast: Cast, person: Person, keyed_by: User | None = None) -> Consent:
    """A form on paper that Finn keyed in, for everything usual; nobody has compared it yet."""
    form: dict[str, Any] = {
        "scope": Scope.from_json(FULL_SCOPE),
        "statements": list(ANCHORS),
        "ends_on": ENDS_ON,
        "signer_language": "en",
        "capacity_attested": True,
    }
    paper = Paper(
        person=person,
        kind="authorization",
        title="Photo release",
        language="en",
        signer=None,
        location=cast.location,
        signed_at=SIGNED_AT,
        scan=f"%PDF- of {person.pk}".encode(),
        form=form,
    )
    return record_paper(paper=paper, by=by(keyed_by or cast.finn), at=NOW)


def given_authority(cast: Cast, person: Person, representative: Person, **fields: Any) -> Representation:
    """A verified parent, unless told otherwise."""
    return Representation.objects.create(
        **{
            "practice": cast.practice,
            "person": person,
            "representative": representative,
            "authority": "parent",
            "description": "mother, lives with the child",
            "evidence_seen": "birth certificate",
            "verified_by": cast.finn,
            "verified_at": SIGNED_AT,
            "created_at": SIGNED_AT,
            **fields,
        }
    )


__all__ = ["ENDS_ON", "NOW", "SIGNED_AT", "by", "given_authority", "given_wording", "signed_consent"]
