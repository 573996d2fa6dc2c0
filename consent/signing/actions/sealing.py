"""What follows a signature: the document made and sealed, the link to the own page, the copy.

It comes after the signature's transaction, in a worker, so the signer waits for none of it and a crash between leaves
the signature incomplete, never lost; `complete_signatures` finishes what is left.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from consent.audit.ledger import recording
from consent.audit.rules import Actor
from consent.evidence.actions import give_copy, seal, sealing_keys
from consent.evidence.certificates import CertificateRefused
from consent.evidence.models import CopyGiven, Signature, SignedDocument
from consent.evidence.render import RenderFailed, render_pdf
from consent.evidence.sealing import seal_pdf
from consent.keys.ring import KeyMissing
from consent.records.actions import issue_holder_link
from consent.records.models import HolderLink

from ..completion import SealFacts, record_of
from ..models import Ceremony
from ..paper import signed_page
from ..queries import RELATED, filled_when_fixed, signing_entry, text_digest
from .preparing import note

LEASE = timedelta(seconds=90)
RETRY_AFTER = timedelta(minutes=5)
logger = logging.getLogger(__name__)


class NotWhatWasSigned(Exception):
    """The text that would be sealed is not the one whose SHA-256 was signed. Nothing is sealed; a person must look."""


CANNOT_YET = (RenderFailed, NotWhatWasSigned, KeyMissing, CertificateRefused)


def complete_signature(*, signature: Signature, by: Actor, at: datetime) -> SignedDocument | None:
    """Make, seal and bind the document of a signature; None if another process is at it.

    Claim, then work: the lease keeps two of them from printing two different links. Raises one of `CANNOT_YET`, after
    which it is tried again later.
    """
    done = SignedDocument.objects.filter(signature=signature).first()
    if done is not None:
        return done
    ceremony = Ceremony.objects.select_related(*RELATED).get(signature=signature)
    claimed = _claim(ceremony, by=by, at=at)
    if claimed is None:
        return None
    try:
        return _sealed(ceremony, signature, *claimed, by=by, at=at)
    except CANNOT_YET:
        _wait(ceremony, by=by, at=at)
        raise


def _sealed(
    ceremony: Ceremony, signature: Signature, link: HolderLink, token: str, *, by: Actor, at: datetime
) -> SignedDocument | None:
    """Exactly what was signed, on the page, under the seal; None if the link that it prints was replaced meanwhile."""
    if text_digest(ceremony, filled_when_fixed(ceremony)) != signature.text_sha256:
        raise NotWhatWasSigned(f"The text of signature {signature.pk} is not the one that was signed.")
    entry = signing_entry(signature.consent.pk, signature.practice_id)
    keys = sealing_keys(practice=ceremony.practice, by=by, at=at)
    facts = SealFacts.of(keys, settings.TSA_URL)
    page = render_pdf(
        signed_page(ceremony, signature, entry, facts, token),
        record=record_of(ceremony, signature, entry, facts),
        at=signature.signed_at,
    )
    sealed = seal_pdf(page, keys.identity, keys.stamper(at), at=at)
    with recording(by=by, at=at):
        if not HolderLink.objects.select_for_update(no_key=True).filter(pk=link.pk, ended_at=None).exists():
            return None  # a newer link was issued meanwhile: this paper would name a dead one
        signed = seal(
            signature=signature,
            data=sealed.data,
            ledger_seq=entry.seq,
            certificate=keys.row,
            level=sealed.level,
            by=by,
            at=at,
        )
        note(ceremony, "sealed", by=by, at=at, sha256=signed.document.sha256, level=sealed.level)
    return signed


def complete_signatures(*, by: Actor, at: datetime, limit: int = 100) -> int:
    """Finish signatures whose document is missing, at most `limit`; returns how many were finished."""
    free = Q(ceremony__sealing_until=None) | Q(ceremony__sealing_until__lt=at)
    unfinished = Signature.objects.filter(free, signed_document=None, ceremony__isnull=False)
    finished = 0
    for signature in unfinished.order_by("pk")[:limit]:
        try:
            finished += complete_signature(signature=signature, by=by, at=at) is not None
        except CANNOT_YET:
            logger.exception(
                "The document of signature %s could not be made; it stays incomplete.", signature.pk
            )
    return finished


def give_tablet_copy(*, ceremony: Ceremony, method: str, by: Actor, at: datetime) -> CopyGiven:
    """The signer was shown the link and code, or printed the document. Raises `NotSealedYet`."""
    assert ceremony.signature is not None
    with recording(by=by, at=at):
        copy = give_copy(signature=ceremony.signature, method=method, by=by, at=at)
        if not ceremony.events.filter(kind="copy_given", details__method=method).exists():
            note(ceremony, "copy_given", by=by, at=at, method=method)
    return copy


def _wait(ceremony: Ceremony, *, by: Actor, at: datetime) -> None:
    """What fails now would fail in a second: every try issues a link, so let some time pass."""
    with recording(by=by, at=at):
        Ceremony.objects.filter(pk=ceremony.pk).update(sealing_until=at + RETRY_AFTER)


def _claim(ceremony: Ceremony, *, by: Actor, at: datetime) -> tuple[HolderLink, str] | None:
    """Take the work if nobody has it, with a fresh link to print."""
    with recording(by=by, at=at):
        free = Ceremony.objects.filter(Q(sealing_until=None) | Q(sealing_until__lt=at), pk=ceremony.pk)
        if not free.update(sealing_until=at + LEASE):
            return None
        link, token = issue_holder_link(
            person=ceremony.person, representation=ceremony.representation, by=by, at=at
        )
        # The thank-you page shows it while the tablet is out; afterwards only the copy has it.
        Ceremony.objects.filter(pk=ceremony.pk, returned_at=None).update(own_page=token)
    return link, token
