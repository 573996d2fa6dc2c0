"""Third parties that may get a post, and their business associate agreements (45 CFR 164.504(e); R66)."""

from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Practice, Recipient
from .practices import NameTaken


class AgreementEndsFirst(ValueError):
    """The agreement would end before it begins."""


def add_recipient(
    *,
    practice: Practice,
    name: str,
    acts_for_us: bool,
    agreement_from: date | None = None,
    agreement_until: date | None = None,
    by: Actor,
    at: datetime,
) -> Recipient:
    """Add a third party. Raises `NameTaken` and `AgreementEndsFirst`."""
    name = " ".join(name.split())
    _checked_days(agreement_from, agreement_until)
    with recording(by=by, at=at):
        if Recipient.objects.filter(practice=practice, name__iexact=name, ended_at=None).exists():
            raise NameTaken(f"“{name}” is on the list already.")
        recipient = Recipient.objects.create(
            practice=practice,
            name=name,
            acts_for_us=acts_for_us,
            agreement_from=agreement_from,
            agreement_until=agreement_until,
            added_at=at,
        )
        record("recipient.added", recipient, acts_for_us=acts_for_us)
    return recipient


def change_recipient(
    *,
    recipient: Recipient,
    acts_for_us: bool,
    agreement_from: date | None,
    agreement_until: date | None,
    by: Actor,
    at: datetime,
) -> Recipient:
    """Record its agreement, or that it ended. Raises `AgreementEndsFirst`."""
    _checked_days(agreement_from, agreement_until)
    wanted = {
        "acts_for_us": acts_for_us,
        "agreement_from": agreement_from,
        "agreement_until": agreement_until,
    }
    with recording(by=by, at=at):
        recipient = Recipient.objects.select_for_update().get(pk=recipient.pk)
        changed = sorted(name for name, value in wanted.items() if getattr(recipient, name) != value)
        for name in changed:
            setattr(recipient, name, wanted[name])
        if changed:
            recipient.save(update_fields=changed)
            record("recipient.changed", recipient, fields=changed)
    return recipient


def _checked_days(agreement_from: date | None, agreement_until: date | None) -> None:
    if agreement_until and (agreement_from is None or agreement_until < agreement_from):
        raise AgreementEndsFirst("The agreement ends before it begins. Check both days.")
