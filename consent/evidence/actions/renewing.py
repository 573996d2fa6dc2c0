"""Make seals last: append what keeps them verifiable and an archive time stamp (PAdES B-LTA), as a new document.

A document's bytes never change. The lasting one begins with them, is kept beside the former, names it, and the ledger
binds the two; either is ours and unchanged.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.files.store import FileAltered, FileMissing

from ..models import Document
from ..queries import document_bytes, roots_of
from ..rules import B_LTA
from ..sealing import CannotLast, last
from .certificates import sealing_keys
from .documents import store_document

LEASE = timedelta(minutes=2)
RETRY_AFTER = timedelta(hours=1)
# Long before the time-stamper's certificate ends, another stamp is put over the last.
AGAIN_AFTER = timedelta(days=5 * 365)
log = logging.getLogger(__name__)


def renew_due(*, by: Actor, at: datetime) -> bool:
    """Make the seal last of one document that is due; False when there is none. A failed one is tried again later."""
    document = _claimed(at)
    if document is None:
        return False
    try:
        renew(document=document, by=by, at=at)
    except (CannotLast, FileMissing, FileAltered) as error:
        log.warning("The seal of document %s cannot be made to last yet: %s", document.pk, error)
        Document.objects.filter(pk=document.pk).update(renewal_after=at + RETRY_AFTER)
    return True


def renew(*, document: Document, by: Actor, at: datetime) -> Document:
    """The document that begins with this one's bytes and lasts; a second call returns the first.

    Raises `CannotLast`, and `FileMissing` or `FileAltered` for bytes that are not the ones recorded.
    """
    done = Document.objects.filter(renews=document).first()
    if done is not None:
        return done
    keys = sealing_keys(practice=document.practice, by=by, at=at)
    data = document_bytes(document)
    lasting = last(
        data,
        keys.stamper(at),
        roots=roots_of(document.practice),
        revocations=keys.revocations(at),
        # What stood when it was sealed or stamped last: the seal's certificate may have ended since.
        at=document.rendered_at,
    )
    if not lasting.data.startswith(data):
        raise CannotLast("What was appended would change what was there.")
    with recording(by=by, at=at):
        if Document.objects.select_for_update(no_key=True).get(pk=document.pk).renewal_after is None:
            raise CannotLast("It was disposed of meanwhile.")
        done = Document.objects.filter(renews=document).first()
        if done is not None:
            return done
        done = store_document(
            practice=document.practice,
            kind=document.kind,
            data=lasting.data,
            certificate=document.certificate,
            level=B_LTA,
            renews=document,
            by=by,
            at=at,
        )
        Document.objects.filter(pk=document.pk).update(renewal_after=None)
        Document.objects.filter(pk=done.pk).update(renewal_after=at + AGAIN_AFTER)
        record("document.renewed", done, sha256=done.sha256, former=document.sha256, level=B_LTA)
    return done


def stop_renewing(*, document: Document) -> None:
    """Nothing follows this document any more: it is being disposed of, in the caller's transaction."""
    Document.objects.filter(pk=document.pk).update(renewal_after=None)


def _claimed(at: datetime) -> Document | None:
    """Take the one that is due longest; whoever dies over it gives it back when the lease runs out."""
    with transaction.atomic():
        due = Document.objects.filter(renewal_after__lte=at).order_by("renewal_after")
        document = (
            due.select_for_update(no_key=True, of=("self",), skip_locked=True)
            .select_related("practice")
            .first()
        )
        if document is not None:
            Document.objects.filter(pk=document.pk).update(renewal_after=at + LEASE)
    return document
