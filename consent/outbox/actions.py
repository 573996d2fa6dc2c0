"""Mail that follows a commit: put into the outbox by an action, sent by a worker.

A message is sent *at least* once: a worker that dies, or loses the connection, between the server's acceptance and
our note of it sends again. Each message has one Message-ID for all its tries, so that mail programs can tell.
"""

import re
import smtplib
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.keys.ring import KeyMissing

from .bounces import Bounce
from .models import OutgoingMail
from .rules import LEASE, TRIES, wait_after

ADDRESS = re.compile(r"\S+@\S+")


class NotStuck(Exception):
    """Only a message that could not be sent is tried again by hand."""


class RefusedForGood(Exception):
    """The mail server said that this message will never be accepted, or it cannot be sent at all."""


def enqueue_mail(
    *, kind: str, recipient: str, subject: str, body: str, practice_id: int | None, about: str, at: datetime
) -> OutgoingMail:
    """Put a message into the outbox, in the caller's transaction: neither is kept without the other.

    `about` names what it is about, as in ``consent:12``. The subject is kept readable: no name, nothing about care.
    """
    return OutgoingMail.objects.create(
        kind=kind,
        recipient=recipient,
        # A line break would begin another header.
        subject=" ".join(subject.split()),
        body=body,
        practice_id=practice_id,
        about=about,
        created_at=at,
        not_before=at,
    )


def send_due_mail(*, worker: str, at: datetime) -> bool:
    """Try one message that is due; False when there is none. Whatever happens to it is recorded.

    Claim and outcome are two short transactions; the mail server is spoken to between them.
    """
    mail = _claimed(worker, at)
    if mail is None:
        return False
    if mail.attempts > TRIES:
        _note_failure(mail, "Postern stopped each time it tried to send this.", again=False, at=at)
        return True
    try:
        _send(mail)
    except RefusedForGood as error:
        _note_failure(mail, str(error), again=False, at=at)
    except (smtplib.SMTPException, OSError) as error:
        _note_failure(mail, _told(error), again=True, at=at)
    else:
        _note_success(mail, at=at)
    return True


def retry_mail(*, mail: OutgoingMail, by: Actor, at: datetime) -> None:
    """Try a stuck message again from the beginning. Raises `NotStuck`."""
    stuck = OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.STUCK)
    with recording(by=by, at=at):
        if not stuck.update(state=OutgoingMail.State.QUEUED, attempts=0, not_before=at):
            raise NotStuck("This message is not stuck: it was sent, or it is being tried again.")
        record("mail.retried", mail, kind=mail.kind, about=mail.about)


def note_bounce(*, bounce: Bounce, by: Actor, at: datetime) -> OutgoingMail | None:
    """Note that a message that was sent came back for good. None if it is none of ours, or was noted before.

    The Message-ID names the row, the second it was made and our host; only a report that has all three is believed.
    """
    with recording(by=by, at=at):
        sent = OutgoingMail.objects.filter(pk=bounce.mail, state=OutgoingMail.State.SENT)
        mail = sent.defer("recipient", "body").select_for_update(no_key=True).first()
        host = urlsplit(settings.ADDRESS).hostname
        if mail is None or f"{mail.created_at.timestamp():.0f}" != str(bounce.made_at) or host != bounce.host:
            return None
        mail.state, mail.last_error = OutgoingMail.State.BOUNCED, bounce.reason
        mail.save(update_fields=["state", "last_error"])
        record("mail.bounced", mail, kind=mail.kind, about=mail.about)
    return mail


def _claimed(worker: str, at: datetime) -> OutgoingMail | None:
    """Lease the message that is due longest. A lease that ran out is free again: its worker is gone."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    due = OutgoingMail.objects.filter(free, state=OutgoingMail.State.QUEUED, not_before__lte=at)
    with transaction.atomic():
        # Its secrets are read when it is sent, so that one that does not open cannot stop the others.
        mail = (
            due.defer("recipient", "body")
            .order_by("not_before")
            .select_for_update(no_key=True, skip_locked=True)
            .first()
        )
        if mail is not None:
            mail.attempts += 1
            mail.leased_by, mail.leased_until = worker, at + LEASE
            mail.save(update_fields=["attempts", "leased_by", "leased_until"])
    return mail


def _send(mail: OutgoingMail) -> None:
    """Hand the message to the mail server. Raises `RefusedForGood`, or what may go better next time."""
    host = urlsplit(settings.ADDRESS).hostname
    headers = {"Message-ID": f"<postern.{mail.pk}.{mail.created_at.timestamp():.0f}@{host}>"}
    try:
        EmailMessage(mail.subject, mail.body, to=[mail.recipient], headers=headers).send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _ in error.recipients.values()):
            raise RefusedForGood(_told(error)) from error
        raise
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        if error.smtp_code >= 500:
            raise RefusedForGood(_told(error)) from error
        raise
    except (ValueError, KeyMissing) as error:
        raise RefusedForGood(_told(error)) from error


def _note_success(mail: OutgoingMail, *, at: datetime) -> None:
    """The message left: forget to whom it went and what it said."""
    with recording(by=Actor("worker", mail.leased_by), at=at):
        if _settled(mail, state=OutgoingMail.State.SENT, sent_at=at, recipient="", body="", last_error=""):
            record("mail.sent", mail, kind=mail.kind, about=mail.about)


def _note_failure(mail: OutgoingMail, why: str, *, again: bool, at: datetime) -> None:
    """Wait for the next try; after the last, or if none can help, the message is stuck for a person to see."""
    wait = wait_after(mail.attempts) if again else None
    with recording(by=Actor("worker", mail.leased_by), at=at):
        if wait is not None:
            _settled(mail, not_before=at + wait, last_error=why)
        elif _settled(mail, state=OutgoingMail.State.STUCK, last_error=why):
            record("mail.stuck", mail, kind=mail.kind, about=mail.about)


def _settled(mail: OutgoingMail, **outcome: Any) -> bool:
    """End our lease with this outcome; False if it ran out and another worker has the message now."""
    ours = OutgoingMail.objects.filter(
        pk=mail.pk, state=OutgoingMail.State.QUEUED, leased_by=mail.leased_by, attempts=mail.attempts
    )
    return ours.update(leased_by="", leased_until=None, **outcome) == 1


def _told(error: Exception) -> str:
    """What went wrong, without the address that mail servers like to repeat."""
    return ADDRESS.sub("…", f"{type(error).__name__}: {error}")[:300]
