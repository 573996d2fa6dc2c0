"""Record forms that exist already, as they are: defects are kept and never valid, each with its reason (design 8).

Refusing is for capture, recording is for what is found. One person keys a form in, another checks it against the
paper before it can count (R74).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from consent.access.models import Location, User
from consent.access.queries import day_begins, today_at
from consent.audit.ledger import record, recording
from consent.audit.queries import latest_position
from consent.audit.rules import Actor
from consent.evidence.actions import store_document
from consent.evidence.models import CopyGiven, Document, Signature, SignedDocument
from consent.people.models import Person, Representation
from consent.wording.models import Wording

from ..models import Consent
from ..rules import DEFECTS, Scope
from .capture import signed_row


class CheckedByTheSame(Exception):
    """Whoever keyed a form in does not check it too."""


class NotFound(Exception):
    """The consent was not found on paper: it was captured here, and needs no second check."""


@dataclass(frozen=True, kw_only=True)
class FoundForm:
    """A form as it lies on the table. `paper` is its scan or transcript, with the media type of those bytes.

    A form of ours that came back brings its `scan`, kept already, and the `events` on its way; who attested that the
    signer could decide is then whoever prepared it. `defects` are keys of `records.rules.DEFECTS`.
    """

    kind: str
    wording: Wording
    person: Person
    signer: Person
    representation: Representation | None
    location: Location
    signed_at: datetime
    effective_from: datetime | None = None
    scope: Scope
    statements: Collection[str]
    defects: Collection[str] = ()
    ends_on: date | None
    ends_event: str = ""
    signer_language: str
    interpreter: str = ""
    capacity_attested: bool
    print_points: int | None = None
    stands_alone: bool = False
    longer_on_request: bool = False
    paper: bytes = b""
    media_type: str = "application/pdf"
    scan: Document | None = None
    capacity_attested_by: int | None = None
    privacy_notice: str = ""
    events: Sequence[Mapping[str, Any]] = ()


def record_found_consent(*, form: FoundForm, by: Actor, at: datetime) -> Consent:
    """Record a form that was signed before, or elsewhere, exactly as it is; it counts only once another checked it.

    `signed_at` lies before `at`. Nothing is refused for being incomplete: validity is asked later, with a reason for
    each defect (45 CFR 164.508(b)(2); R13).
    """
    if set(form.defects) - DEFECTS.keys():
        raise ValueError(f"A defect is one of {', '.join(sorted(DEFECTS))}.")
    with recording(by=by, at=at):
        paper = form.scan or _stored(form, by, at)
        signature = _signature(form, paper.sha256, int(by.id))
        consent = _consent(form, signature, by, at)
        consent.save()
        proof = {"signature": signature.id, "text_sha256": signature.text_sha256}
        record("consent.found", consent, person=form.person.id, kind=form.kind, **proof)
    return consent


def check_found_consent(*, consent: Consent, by: Actor, at: datetime) -> SignedDocument:
    """A second person compared what was keyed in with the paper: from now on it is judged like any other.

    Raises `CheckedByTheSame` and `NotFound`. A second check changes nothing.
    """
    if not consent.found or consent.signature is None:
        raise NotFound("This consent was signed here; nobody has to check it against a paper.")
    if consent.recorded_by == str(by):
        raise CheckedByTheSame(
            "You keyed this form in yourself. Someone else has to compare it with the paper."
        )
    with recording(by=by, at=at):
        signature = Signature.objects.select_for_update(no_key=True).get(pk=consent.signature.pk)
        first = SignedDocument.objects.filter(signature=signature).first()
        if first is not None:
            return first
        document = Document.objects.get(practice=signature.practice_id, sha256=signature.text_sha256)
        signed = SignedDocument.objects.create(
            practice=signature.practice,
            signature=signature,
            document=document,
            ledger_seq=latest_position("consent.found", consent),
        )
        record("consent.found_checked", consent, person=consent.person_id, sha256=document.sha256)
    return signed


def record_found_copy(*, consent: Consent, given_at: datetime, by: Actor, at: datetime) -> CopyGiven:
    """Record that the signer was given a copy of a found form, then (45 CFR 164.508(c)(4); R12).

    The day is what is known about it, so a second one on the same day is the same copy.
    """
    assert consent.signature is not None
    day = today_at(consent.practice, given_at)
    begins, ends = (day_begins(consent.practice, one) for one in (day, day + timedelta(days=1)))
    with recording(by=by, at=at):
        Signature.objects.select_for_update(no_key=True).get(pk=consent.signature.pk)
        printed = CopyGiven.objects.filter(signature=consent.signature, method=CopyGiven.Method.PRINT)
        there = printed.filter(given_at__gte=begins, given_at__lt=ends).first()
        if there is not None:
            return there
        copy = CopyGiven.objects.create(
            practice_id=consent.practice_id,
            signature=consent.signature,
            method=CopyGiven.Method.PRINT,
            given_at=given_at,
            given_by=str(by),
            sha256=consent.signature.text_sha256,
        )
        facts = {"method": copy.method, "sha256": copy.sha256}
        record("copy.given", consent.signature, person=consent.person_id, **facts)
    return copy


def _stored(form: FoundForm, by: Actor, at: datetime) -> Document:
    """The paper's scan or transcript, kept."""
    suffix = "pdf" if form.media_type == "application/pdf" else "txt"
    return store_document(
        practice=form.person.practice,
        kind="found_form",
        data=form.paper,
        suffix=suffix,
        media_type=form.media_type,
        by=by,
        at=at,
    )


def _signature(form: FoundForm, paper_sha256: str, user: int) -> Signature:
    """What stands on the paper about the signing; nothing is claimed that nobody saw."""
    role = Signature.Role.REPRESENTATIVE if form.representation else Signature.Role.SELF
    return Signature.objects.create(
        practice_id=form.person.practice_id,
        person=form.person,
        signer=form.signer,
        role=role,
        representation=form.representation,
        method=Signature.Method.PAPER,
        signed_at=form.signed_at,
        text_sha256=paper_sha256,
        answers=form.scope.to_json(),
        intent=form.wording.intent,
        capacity_attested_by=User(pk=form.capacity_attested_by or user) if form.capacity_attested else None,
        language=form.wording.language,
        signer_language=form.signer_language,
        interpreter=form.interpreter,
        privacy_notice=form.privacy_notice,
        events=list(form.events),
    )


def _consent(form: FoundForm, signature: Signature, by: Actor, at: datetime) -> Consent:
    """The consent's own row, as the form says it."""
    return signed_row(
        signature,
        kind=form.kind,
        wording=form.wording,
        location=form.location,
        scope=form.scope,
        statements=sorted(form.statements),
        defects=sorted(form.defects),
        print_points=form.print_points,
        stands_alone=form.stands_alone,
        longer_on_request=form.longer_on_request,
        found=True,
        effective_from=form.effective_from or form.signed_at,
        ends_on=form.ends_on,
        ends_event=form.ends_event,
        by=by,
        at=at,
    )
