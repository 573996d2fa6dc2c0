"""Take one's copy of a signed form along from the own page."""

from datetime import datetime

from consent.audit.rules import Actor
from consent.evidence.actions import give_copy, open_document
from consent.evidence.models import CopyGiven
from consent.evidence.queries import document_bytes
from consent.people.queries import identity_ids
from consent.records.models import Consent


def take_copy(*, consent: Consent, by: Actor, at: datetime) -> bytes:
    """The signed form of a consent that has one. For the person and for whoever signed it that is a copy given (R12).

    Another representative only looks at it, which is written down as such. Raises `FileMissing`, `FileAltered`.
    """
    assert consent.signature is not None
    document = consent.signature.signed_document.document
    theirs = {*identity_ids(consent.person), consent.signature.signer_id}
    if by.id not in map(str, theirs):
        return open_document(document=document, by=by, at=at)
    data = document_bytes(document)
    give_copy(signature=consent.signature, method=CopyGiven.Method.OWN_PAGE, by=by, at=at)
    return data
