"""Third parties that may get a post, and their business associate agreements (45 CFR 164.504(e); R66)."""

from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Practice, Recipient
from .practices import NameTaken


class AgreementEndsFirst(ValueError):
    """The agreement would end before it begins."""


class AlreadyEnded(Exception):
    """It was taken off the list before."""


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
        _require_new(practice, name)
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
        recipient = Recipient.objects.select_for_update(no_key=True).get(pk=recipient.pk)
        changed = sorted(name for name, value in wanted.items() if getattr(recipient, name) != value)
        for name in changed:
            setattr(recipient, name, wanted[name])
        if changed:
            recipient.save(update_fields=changed)
            record("recipient.changed", recipient, fields=changed)
    return recipient


def end_recipient(*, recipient: Recipient, ended_at: datetime, by: Actor, at: datetime) -> Recipient:
    """It no longer works with us from `ended_at` on: the gate says no to it from then on. Raises `AlreadyEnded`.

    A moment to come is refused with `ValueError`: what ends later is the agreement's last day.
    """
    if ended_at > at:
        raise ValueError("That day has not come yet.")
    with recording(by=by, at=at):
        recipient = Recipient.objects.select_for_update(no_key=True).get(pk=recipient.pk)
        if recipient.ended_at is not None:
            raise AlreadyEnded(f"{recipient.name} was taken off the list before.")
        recipient.ended_at = ended_at
        recipient.save(update_fields=["ended_at"])
        record("recipient.ended", recipient, ended_at=ended_at)
    return recipient


def return_recipient(*, recipient: Recipient, by: Actor, at: datetime) -> Recipient:
    """It works with us again, under the agreement that it has. Raises `NameTaken` if the list has another so called."""
    with recording(by=by, at=at):
        recipient = Recipient.objects.select_for_update(no_key=True).get(pk=recipient.pk)
        if recipient.ended_at is None:
            return recipient
        _require_new(recipient.practice, recipient.name)
        recipient.ended_at = None
        recipient.save(update_fields=["ended_at"])
        record("recipient.returned", recipient)
    return recipient


def _require_new(practice: Practice, name: str) -> None:
    """Raises `NameTaken` for a name that is on the list."""
    if Recipient.objects.filter(practice=practice, name__iexact=name, ended_at=None).exists():
        raise NameTaken(f"“{name}” is on the list already.")


def _checked_days(agreement_from: date | None, agreement_until: date | None) -> None:
    if agreement_until and (agreement_from is None or agreement_until < agreement_from):
        raise AgreementEndsFirst("The agreement ends before it begins. Check both days.")
