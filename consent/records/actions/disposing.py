"""Legal holds, and disposing of what identifies beside the proof: one proposes, another executes (R60)."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.evidence.actions.renewing import stop_renewing
from consent.evidence.models import Document, SignatureMark, SignedDocument
from consent.evidence.queries import document_and_renewals
from consent.files import store
from consent.people.actions import erase_contact_point
from consent.people.models import ContactPoint, Person
from consent.people.queries import identities, identity_ids

from ..models import Consent, Disposal, LegalHold
from ..queries.retention import Uses, kept
from ..rules.retention import retain_until
from .locks import locked

DOCUMENTS = "documents"


class StillKept(Exception):
    """It has to be kept longer: the permission holds, something is out, or the years are not over."""


class Held(Exception):
    """A legal hold stands."""


class NeedsAnother(Exception):
    """Whoever proposed a disposal does not execute it."""


class NothingThere(Exception):
    """There is no such thing of this permission or person, or it was disposed of before."""


def place_legal_hold(
    *, person: Person, consent: Consent | None = None, why: str, by: Actor, at: datetime
) -> LegalHold:
    """Nothing of the person, or of this one permission, is disposed of until it is lifted. Raises `ValueError`.

    The same hold for the same reason twice stays one.
    """
    if not why.strip() or (consent is not None and consent.person_id != person.pk):
        raise ValueError("A legal hold says why, and names a permission of this person or none.")
    with recording(by=by, at=at):
        locked(person.pk)
        hold, is_new = LegalHold.objects.get_or_create(
            practice_id=person.practice_id,
            person=person,
            consent=consent,
            why=why.strip()[:300],
            lifted_at=None,
            defaults={"placed_by_id": int(by.id), "placed_at": at},
        )
        if is_new:
            record("legal_hold.placed", hold, person=person.pk, consent=consent.pk if consent else None)
    return hold


def lift_legal_hold(*, hold: LegalHold, why: str, by: Actor, at: datetime) -> LegalHold:
    """The matter is over. Raises `NothingThere` the second time, and `ValueError` without a reason."""
    if not why.strip():
        raise ValueError("Lifting a legal hold says why.")
    with recording(by=by, at=at):
        locked(hold.person_id)
        hold = LegalHold.objects.select_for_update(no_key=True).get(pk=hold.pk)
        if hold.lifted_at is not None:
            raise NothingThere("This hold was lifted before.")
        hold.lifted_by_id, hold.lifted_at, hold.lifted_why = int(by.id), at, why.strip()[:300]
        hold.save(update_fields=["lifted_by", "lifted_at", "lifted_why"])
        record("legal_hold.lifted", hold, person=hold.person_id, consent=hold.consent_id)
    return hold


def propose_disposal(
    *,
    consent: Consent,
    what: str,
    scan: Document | None = None,
    uses: Uses,
    why: str,
    by: Actor,
    at: datetime,
) -> Disposal:
    """Propose to erase the signature's mark or the signed document's file of a permission that need not be kept.

    Or a `scan` of its form on paper that a newer one replaced, as the room of paper says. `uses` come from the room
    that knows what is out. Raises `StillKept`, `Held`, `NothingThere`.
    """
    with recording(by=by, at=at):
        locked(consent.person_id)
        until = retain_until(kept(consent, uses, at))
        _require_over(until, at)
        _require_free(consent.person_id, consent.pk)
        return _propose(consent.person, consent, what, _row_of(consent, what, scan), until, why, by, at)


def propose_contact_disposal(
    *, point: ContactPoint, uses: Mapping[int, Uses], why: str, by: Actor, at: datetime
) -> Disposal:
    """Propose to erase an address or number of a person none of whose permissions, on any record, need be kept.

    `uses` are by consent; one that is not named counts as still out. Raises as `propose_disposal` does.
    """
    with recording(by=by, at=at):
        locked(point.person_id)
        until = _kept_until(Consent.objects.filter(person__in=identity_ids(point.person)), uses, at)
        _require_over(until, at)
        _require_free(point.person_id, None)
        return _propose(point.person, None, Disposal.What.CONTACT, point.pk, until, why, by, at)


def execute_disposal(*, disposal: Disposal, uses: Mapping[int, Uses], by: Actor, at: datetime) -> Disposal:
    """Another person erases it for good, if it still need not be kept; the proof stays. The database asks once more.

    `uses` are by consent as they are now; one that is not named counts as still out. Raises `NeedsAnother`, `Held`,
    `StillKept`, `NothingThere`.
    """
    with recording(by=by, at=at):
        locked(disposal.person_id)
        disposal = Disposal.objects.select_for_update(no_key=True).get(pk=disposal.pk)
        _require_open(disposal)
        if disposal.proposed_by_id == int(by.id):
            raise NeedsAnother("It takes two people: ask someone else to execute it.")
        if disposal.retain_until > at.date():
            raise StillKept(f"This is kept until {disposal.retain_until}.")
        needed = Consent.objects.filter(person__in=identities([disposal.person_id])[disposal.person_id])
        if disposal.consent_id is not None:
            needed = needed.filter(pk=disposal.consent_id)
        _require_over(_kept_until(needed, uses, at), at)
        _require_free(disposal.person_id, disposal.consent_id)
        disposal.executed_by_id, disposal.executed_at = int(by.id), at
        disposal.save(update_fields=["executed_by", "executed_at"])
        _erase(disposal, by, at)
        facts = {"what": disposal.what, "row": disposal.row_id, "consent": disposal.consent_id}
        record("disposal.executed", disposal, person=disposal.person_id, **facts)
    return disposal


def cancel_disposal(*, disposal: Disposal, why: str, by: Actor, at: datetime) -> Disposal:
    """Nothing is erased, and it may be proposed anew. Raises `NothingThere` if it is over, `ValueError` unexplained."""
    if not why.strip():
        raise ValueError("Cancelling says why.")
    with recording(by=by, at=at):
        locked(disposal.person_id)
        disposal = Disposal.objects.select_for_update(no_key=True).get(pk=disposal.pk)
        _require_open(disposal)
        disposal.cancelled_by_id, disposal.cancelled_at = int(by.id), at
        disposal.cancelled_why = why.strip()[:300]
        disposal.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_why"])
        facts = {"what": disposal.what, "row": disposal.row_id, "consent": disposal.consent_id}
        record("disposal.cancelled", disposal, person=disposal.person_id, **facts)
    return disposal


def _require_open(disposal: Disposal) -> None:
    """Raises `NothingThere` for one that was executed or cancelled."""
    if disposal.executed_at is not None:
        raise NothingThere("This was disposed of before.")
    if disposal.cancelled_at is not None:
        raise NothingThere("This proposal was cancelled before.")


def _is_proposed(what: str, row: int) -> bool:
    """Whether it waits to be erased, or was."""
    return Disposal.objects.filter(what=what, row_id=row, cancelled_at=None).exists()


def _kept_until(consents: QuerySet[Consent], uses: Mapping[int, Uses], at: datetime) -> date | None:
    """The latest day until which one of them is kept; None while one has no such day."""
    until: date | None = at.date()
    for consent in consents.select_related("person"):
        one = retain_until(kept(consent, uses.get(consent.pk, Uses(out_still=True)), at))
        until = max(until, one) if until and one else None
    return until


def _require_over(until: date | None, at: datetime) -> None:
    if until is None or until > at.date():
        raise StillKept(f"This is kept until {until or 'the permission has ended and nothing is out'}.")


def _propose(
    person: Person,
    consent: Consent | None,
    what: str,
    row: int | None,
    until: date | None,
    why: str,
    by: Actor,
    at: datetime,
) -> Disposal:
    """The row and its line. Raises `NothingThere`."""
    if row is None or until is None or _is_proposed(what, row):
        raise NothingThere("There is nothing of this kind, or it was proposed before.")
    disposal = Disposal.objects.create(
        practice_id=person.practice_id,
        person=person,
        consent=consent,
        what=Disposal.What(what),
        row_id=row,
        why=why.strip()[:300],
        retain_until=until,
        proposed_by_id=int(by.id),
        proposed_at=at,
    )
    facts = {"what": str(what), "row": row, "consent": consent.pk if consent else None, "retain_until": until}
    record("disposal.proposed", disposal, person=person.pk, **facts)
    return disposal


def _require_free(person: int, consent: int | None) -> None:
    holds = LegalHold.objects.filter(person__in=identities([person])[person], lifted_at=None)
    if any(consent is None or hold.consent_id in (None, consent) for hold in holds):
        raise Held("A legal hold stands. Nothing is erased until it is lifted.")


def _row_of(consent: Consent, what: str, scan: Document | None) -> int | None:
    """The number of what would be erased. A scan that a signature rests on is no replaced one."""
    if what == Disposal.What.SCAN and scan is not None:
        return None if SignedDocument.objects.filter(document=scan).exists() else scan.pk
    if what == Disposal.What.MARK:
        rows = SignatureMark.objects.filter(signature=consent.signature_id)
        return rows.values_list("pk", flat=True).first()
    if what == Disposal.What.FILE:
        signed = SignedDocument.objects.filter(signature=consent.signature_id).first()
        shared = signed and SignedDocument.objects.filter(document=signed.document_id).count() > 1
        return signed.document_id if signed and not shared else None
    raise NothingThere("An address is disposed of with the person's last permission, not with one.")


def _erase(disposal: Disposal, by: Actor, at: datetime) -> None:
    """Rows now, a file once this is committed: a file that is deleted twice is no harm."""
    if disposal.what == Disposal.What.MARK:
        SignatureMark.objects.filter(pk=disposal.row_id).delete()
    elif disposal.what == Disposal.What.CONTACT:
        erase_contact_point(point_id=disposal.row_id, by=by, at=at)
    elif disposal.what == Disposal.What.SCAN:
        scan = Document.objects.get(pk=disposal.row_id)
        transaction.on_commit(partial(store.delete, DOCUMENTS, scan.storage_key))
    else:
        signed = SignedDocument.objects.select_related("document").get(document=disposal.row_id)
        # Those that were made to last begin with the same bytes.
        for document in document_and_renewals(signed.document):
            stop_renewing(document=document)
            transaction.on_commit(partial(store.delete, DOCUMENTS, document.storage_key))
