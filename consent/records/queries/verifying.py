"""Whether a file that somebody holds is ours, unchanged, and still in force."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from consent.evidence.models import Document, SignedDocument
from consent.evidence.queries import original_of, seal_problems

from ..models import Consent, Disposal
from .views import consents_standing


@dataclass(frozen=True)
class Answer:
    """What may be told to anyone who holds the file: nothing about the person, only about the file.

    `in_force` is None for a document that is no permission, such as a blank form. Days are those of the practice.
    """

    known: Literal["ours", "unknown"]
    document: Document | None = None
    recorded_on: date | None = None
    signed_on: date | None = None
    in_force: bool | None = None


UNKNOWN = Answer("unknown")


def answer_about(data: bytes, at: datetime) -> Answer:
    """The answer about a file. One that is foreign and one that was changed get the same: nothing else is known.

    Only bytes that we recorded are ever read as a PDF.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    found = Document.objects.select_related("practice", "certificate", "renews").filter(sha256=sha256)
    for document in found.order_by("pk"):
        if not seal_problems(document, data):
            return _answer(document, at)
    return UNKNOWN


def is_disposed_of(document: Document) -> bool:
    """Whether the file was erased by an executed disposal, of this document or the one that it renews."""
    disposals = Disposal.objects.filter(
        what__in=[Disposal.What.FILE, Disposal.What.SCAN], executed_at__isnull=False
    )
    return disposals.filter(row_id__in=[document.pk, original_of(document).pk]).exists()


def _answer(document: Document, at: datetime) -> Answer:
    zone = ZoneInfo(document.practice.time_zone)
    recorded_on = document.rendered_at.astimezone(zone).date()
    bound = SignedDocument.objects.select_related("signature").filter(document=original_of(document))
    signed = bound.first()
    if signed is None:
        return Answer("ours", document, recorded_on)
    consents = set(Consent.objects.filter(signature=signed.signature_id).values_list("pk", flat=True))
    standing = bool(consents_standing(consents, at)) if consents else None
    return Answer("ours", document, recorded_on, signed.signature.signed_at.astimezone(zone).date(), standing)
