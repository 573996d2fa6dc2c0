"""The evidence behind signatures, read. A constant number of queries, however many are asked about."""

from collections.abc import Collection
from dataclasses import dataclass

from consent.files import store
from consent.files.rules import digest_in

from .models import CopyGiven, Document, SignedDocument
from .rules import SignatureState, signature_state


@dataclass(frozen=True)
class Evidence:
    """What followed a signature: its stored document and the copies given."""

    document: Document | None
    ledger_seq: int | None
    copies: tuple[str, ...]

    @property
    def state(self) -> SignatureState:
        """Whether the signature is complete, and what it still lacks."""
        return signature_state(
            document_sha256=self.document.sha256 if self.document else "",
            seal=self.document.seal if self.document else "",
            ledger_seq=self.ledger_seq,
            copies=self.copies,
        )


def signature_evidence(signature_ids: Collection[int]) -> dict[int, Evidence]:
    """The evidence of each signature. Two queries."""
    signed = SignedDocument.objects.select_related("document").filter(signature__in=signature_ids)
    documents = {row.signature_id: row for row in signed}
    copies: dict[int, list[str]] = {}
    for copy in CopyGiven.objects.filter(signature__in=signature_ids).order_by("id"):
        copies.setdefault(copy.signature_id, []).append(copy.method)
    return {
        signature_id: Evidence(
            document=documents[signature_id].document if signature_id in documents else None,
            ledger_seq=documents[signature_id].ledger_seq if signature_id in documents else None,
            copies=tuple(copies.get(signature_id, ())),
        )
        for signature_id in signature_ids
    }


def complete_signatures(signature_ids: Collection[int]) -> set[int]:
    """Those whose document is stored, sealed and in the ledger; the copy is asked apart. One query."""
    rows = SignedDocument.objects.filter(signature__in=signature_ids, ledger_seq__isnull=False)
    return set(rows.values_list("signature_id", flat=True))


def document_bytes(document: Document) -> bytes:
    """The document's bytes, checked against its SHA-256. Raises `FileMissing` or `FileAltered`."""
    data = store.read("documents", document.storage_key)
    if digest_in(document.storage_key) != document.sha256:
        raise store.FileAltered(
            "The stored file is not the document that was sealed. Restore it from a backup."
        )
    return data
