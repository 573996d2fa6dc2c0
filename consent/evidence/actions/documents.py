"""Store and bind documents, hand out copies, open what was stored."""

import hashlib
from datetime import datetime, timedelta

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.files import store

from ..models import CopyGiven, Document, SealCertificate, Signature, SignedDocument
from ..queries import document_bytes

# How long after sealing it is made to last; the first try to reach an authority that was away comes sooner.
LASTS_AFTER = timedelta(minutes=1)


class NotSealedYet(Exception):
    """There is no stored document of this signature yet, so there is nothing to copy."""


def store_document(
    *,
    practice: Practice,
    kind: str,
    data: bytes,
    suffix: str = "pdf",
    media_type: str = "application/pdf",
    certificate: SealCertificate | None = None,
    level: str = "",
    renews: Document | None = None,
    by: Actor,
    at: datetime,
) -> Document:
    """Keep a document under its SHA-256 for good, a PDF unless told otherwise; the same bytes are kept once.

    A sealed one comes with the `certificate` of its seal and the `level` that it reached.
    """
    # The file first: a row never names bytes that are not there.
    key = store.put("documents", practice.pk, data, suffix)
    sha256 = hashlib.sha256(data).hexdigest()
    with recording(by=by, at=at):
        document, is_new = Document.objects.get_or_create(
            practice=practice,
            sha256=sha256,
            defaults={
                "kind": kind,
                "storage_key": key,
                "media_type": media_type,
                "size": len(data),
                "rendered_at": at,
                "seal": Document.Seal.PADES if certificate else Document.Seal.DIGEST,
                "certificate": certificate,
                "level": level,
                "renews": renews,
            },
        )
        if is_new:
            record("document.stored", document, sha256=sha256, kind=kind)
    return document


def seal(
    *,
    signature: Signature,
    data: bytes,
    ledger_seq: int,
    certificate: SealCertificate | None = None,
    level: str = "",
    by: Actor,
    at: datetime,
) -> SignedDocument:
    """Keep the sealed document of a signature and bind it to the ledger position `ledger_seq` of the signing.

    Without a `certificate` the seal is the SHA-256 in the ledger alone, and is recorded as such. A second call for the
    same signature changes nothing and returns the first.
    """
    with recording(by=by, at=at):
        Signature.objects.select_for_update(no_key=True).get(pk=signature.pk)
        first = SignedDocument.objects.select_related("document").filter(signature=signature).first()
        if first is not None:
            return first
        document = store_document(
            practice=signature.practice,
            kind="signed_form",
            data=data,
            certificate=certificate,
            level=level,
            by=by,
            at=at,
        )
        if certificate is not None:
            Document.objects.filter(pk=document.pk).update(renewal_after=at + LASTS_AFTER)
        signed = SignedDocument.objects.create(
            practice=signature.practice, signature=signature, document=document, ledger_seq=ledger_seq
        )
        record(
            "document.sealed",
            document,
            person=signature.person_id,
            sha256=document.sha256,
            seal=document.seal,
            level=document.level,
            certificate=certificate.fingerprint if certificate else "",
            signature=signature.pk,
        )
    return signed


def give_copy(*, signature: Signature, method: str, by: Actor, at: datetime) -> CopyGiven:
    """Record that the signer got a copy, and of which bytes (45 CFR 164.508(c)(4); R12).

    The same copy recorded twice stays one. Raises `NotSealedYet` while there is no document, and `FileMissing` or
    `FileAltered` for a print of a document that cannot be opened: nobody gets a copy of that.
    """
    with recording(by=by, at=at):
        signed = SignedDocument.objects.select_related("document").filter(signature=signature).first()
        if signed is None:
            raise NotSealedYet("The signed document is still being made. Try again in a moment.")
        if method == CopyGiven.Method.PRINT:
            document_bytes(signed.document)
        Signature.objects.select_for_update(no_key=True).get(pk=signature.pk)
        copy, is_new = CopyGiven.objects.get_or_create(
            practice_id=signature.practice_id,
            signature=signature,
            method=CopyGiven.Method(method),
            given_by=str(by),
            defaults={"given_at": at, "sha256": signed.document.sha256},
        )
        if is_new:
            record(
                "copy.given", signature, person=signature.person_id, method=copy.method, sha256=copy.sha256
            )
    return copy


def open_document(*, document: Document, by: Actor, at: datetime) -> bytes:
    """The document's bytes, and a line in the ledger that they were opened. Raises `FileMissing`, `FileAltered`."""
    data = document_bytes(document)
    signed = SignedDocument.objects.select_related("signature").filter(document=document).first()
    with recording(by=by, at=at):
        person = signed.signature.person_id if signed else None
        record("document.viewed", document, person=person, sha256=document.sha256)
    return data
