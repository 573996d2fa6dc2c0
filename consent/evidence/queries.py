"""The evidence behind signatures, read. A constant number of queries, however many are asked about."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding
from django.db.models import Exists, OuterRef, Q

from consent.access.models import Practice
from consent.files import store
from consent.files.rules import digest_in

from .certificates import certificates_in
from .checking import Condition, Expected, broken_conditions
from .models import CopyGiven, Document, SealCertificate, Signature, SignedDocument
from .rules import SignatureState, signature_state

# Signed on a screen, and stored without a seal though the practice had one: the same as the SQL of a dossier says.
LACKS_ITS_SEAL = (
    Q(document__seal=Document.Seal.DIGEST)
    & ~Q(signature__method=Signature.Method.PAPER)
    & Exists(
        SealCertificate.objects.filter(
            practice=OuterRef("practice"),
            role=SealCertificate.Role.SEAL,
            made_at__lte=OuterRef("document__rendered_at"),
        )
    )
)


@dataclass(frozen=True)
class Evidence:
    """What followed a signature: its stored document, whether it is sealed as it has to be, and the copies given."""

    document: Document | None
    ledger_seq: int | None
    copies: tuple[str, ...]
    is_sealed: bool = False

    @property
    def state(self) -> SignatureState:
        """Whether the signature is complete, and what it still lacks."""
        return signature_state(
            document_sha256=self.document.sha256 if self.document else "",
            is_sealed=self.is_sealed,
            ledger_seq=self.ledger_seq,
            copies=self.copies,
        )


def signature_evidence(signature_ids: Collection[int]) -> dict[int, Evidence]:
    """The evidence of each signature. Two queries."""
    signed = SignedDocument.objects.select_related("document").annotate(is_bare=LACKS_ITS_SEAL)
    rows = {row.signature_id: row for row in signed.filter(signature__in=signature_ids)}
    copies: dict[int, list[str]] = {}
    for copy in CopyGiven.objects.filter(signature__in=signature_ids).order_by("id"):
        copies.setdefault(copy.signature_id, []).append(copy.method)
    return {
        signature_id: Evidence(
            document=rows[signature_id].document if signature_id in rows else None,
            ledger_seq=rows[signature_id].ledger_seq if signature_id in rows else None,
            copies=tuple(copies.get(signature_id, ())),
            is_sealed=signature_id in rows and not rows[signature_id].is_bare,
        )
        for signature_id in signature_ids
    }


def complete_signatures(signature_ids: Collection[int]) -> set[int]:
    """Those whose document is stored, sealed and in the ledger; the copy is asked apart. One query."""
    rows = SignedDocument.objects.filter(
        ~LACKS_ITS_SEAL, signature__in=signature_ids, ledger_seq__isnull=False
    )
    return set(rows.values_list("signature_id", flat=True))


def document_bytes(document: Document) -> bytes:
    """The document's bytes, checked against its SHA-256. Raises `FileMissing` or `FileAltered`."""
    data = store.read("documents", document.storage_key)
    if digest_in(document.storage_key) != document.sha256:
        raise store.FileAltered(
            "The stored file is not the document that was sealed. Restore it from a backup."
        )
    return data


def seal_problems(document: Document, data: bytes) -> tuple[Condition, ...]:
    """Which of the four conditions `data` does not meet as the bytes of `document`; none means valid.

    Of a document whose seal is its SHA-256 in the ledger only the first is asked: it never claimed more.
    """
    if document.seal == Document.Seal.DIGEST:
        return () if hashlib.sha256(data).hexdigest() == document.sha256 else ("digest",)
    return broken_conditions(data, _expected(document))


def roots_of(practice: Practice) -> list[bytes]:
    """The roots (DER) that the practice's seals and time stamps may rest on, past ones too."""
    rows = SealCertificate.objects.filter(practice=practice).values_list("pem", flat=True)
    return sorted({certificates_in(pem)[-1].public_bytes(Encoding.DER) for pem in rows})


def document_and_renewals(document: Document) -> list[Document]:
    """The document and those that begin with its bytes, oldest first."""
    found = [document]
    while later := Document.objects.filter(renews=found[-1]).first():
        found.append(later)
    return found


def original_of(document: Document) -> Document:
    """The document with whose bytes this one begins: itself, unless it was made to last."""
    while document.renews is not None:
        document = document.renews
    return document


def _expected(document: Document) -> Expected:
    """What the record says of the seal: a lasting document bears the seal of the one that it began with."""
    first, stamps = document, 0
    while first.renews is not None:
        first, stamps = first.renews, stamps + 1
    assert first.certificate is not None
    return Expected(
        sha256=document.sha256,
        certificate=first.certificate.fingerprint,
        level=first.level,
        roots=roots_of(document.practice),
        sealed_at=first.rendered_at,
        stamped_at=document.rendered_at,
        stamps=stamps,
    )
