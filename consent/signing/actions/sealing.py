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
from consent.evidence.render import RenderFailed, Unprintable, named_characters, render_pdf
from consent.evidence.sealing import seal_pdf
from consent.keys.ring import KeyMissing
from consent.records.actions import issue_holder_link
from consent.records.models import HolderLink

from ..completion import SealFacts, record_of
from ..models import Ceremony
from ..paper import signed_page
from ..printing import undrawable_text
from ..queries import RELATED, filled_when_fixed, signing_entry, text_digest
from ..rules.unmade import CERTIFICATE, CHANGED, FAILED, KEY, LETTERS, waits_after
from .preparing import note

LEASE = timedelta(seconds=90)
logger = logging.getLogger(__name__)


class NotWhatWasSigned(Exception):
    """The text that would be sealed is not the one whose SHA-256 was signed. Nothing is sealed; a person must look."""


# What a page says of each (`rules.unmade`); of two that fit, the first.
REASONS: dict[type[Exception], str] = {
    Unprintable: LETTERS,
    NotWhatWasSigned: CHANGED,
    KeyMissing: KEY,
    CertificateRefused: CERTIFICATE,
    RenderFailed: FAILED,
}
CANNOT_YET = tuple(REASONS)


def complete_signature(*, signature: Signature, by: Actor, at: datetime) -> SignedDocument | None:
    """Make, seal and bind the document of a signature; None if another process is at it.

    Claim, then work: the lease keeps two of them from printing two different links. Raises one of `CANNOT_YET`, after
    which it is tried again later.
    """
    done = SignedDocument.objects.filter(signature=signature).first()
    if done is not None:
        return done
    ceremony = Ceremony.objects.select_related(*RELATED).get(signature=signature)
    try:
        _require_makeable(ceremony, signature)
        claimed = _claim(ceremony, by=by, at=at)
        return _sealed(ceremony, signature, *claimed, by=by, at=at) if claimed else None
    except CANNOT_YET as error:
        _wait(ceremony, error, by=by, at=at)
        raise


def _require_makeable(ceremony: Ceremony, signature: Signature) -> None:
    """What no other try would change is asked before a link is issued, which would end the one on an older copy."""
    filled = filled_when_fixed(ceremony)
    if text_digest(ceremony, filled) != signature.text_sha256:
        raise NotWhatWasSigned(f"The text of signature {signature.pk} is not the one that was signed.")
    if lacking := undrawable_text(ceremony, filled):
        raise Unprintable(f"This cannot be printed: {named_characters(lacking)}. Write it in other letters.")


def _sealed(
    ceremony: Ceremony, signature: Signature, link: HolderLink, token: str, *, by: Actor, at: datetime
) -> SignedDocument | None:
    """Exactly what was signed, on the page, under the seal; None if the link that it prints was replaced meanwhile."""
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
        Ceremony.objects.filter(pk=ceremony.pk).update(unmade_why="", unmade_since=None, unmade_tries=0)
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


def _wait(ceremony: Ceremony, error: Exception, *, by: Actor, at: datetime) -> None:
    """Keep why for those who can do something, and let some time pass: what fails now would fail in a second."""
    why = next(word for kind, word in REASONS.items() if isinstance(error, kind))
    with recording(by=by, at=at):
        row = Ceremony.objects.select_for_update(no_key=True).get(pk=ceremony.pk)
        row.unmade_tries += 1
        row.unmade_why, row.unmade_since = why, row.unmade_since or at
        row.sealing_until = at + waits_after(row.unmade_tries)
        row.save(update_fields=["unmade_tries", "unmade_why", "unmade_since", "sealing_until"])


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
