"""Signing in, being locked out, and what one proves oneself with."""

from datetime import datetime, timedelta

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Membership, User
from ..queries import is_known_locked_out, memberships_of
from ..rules import checked_pin


def sign_in(*, user: User, factor: str, by: Actor, at: datetime) -> None:
    """Note in the ledger of each of the user's practices that they came in, and by which factor."""
    with recording(by=by, at=at):
        for subject in _subjects(user):
            record("member.signed_in", subject, factor=factor)


def lock_out(*, user: User, cool_off: timedelta, by: Actor, at: datetime) -> None:
    """Note that wrong passwords closed the user's sign-in: once per `cool_off`, however often they are tried."""
    with recording(by=by, at=at):
        for subject in _subjects(user):
            if not is_known_locked_out(subject, at - cool_off):
                record("member.locked_out", subject)


def change_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Give the user a new password; their other sessions and one-time links end with the old one."""
    with recording(by=by, at=at):
        user.set_password(password)
        user.save(update_fields=["password"])
        for subject in _subjects(user):
            record("password.changed", subject)


def change_pin(*, user: User, pin: str, by: Actor, at: datetime) -> None:
    """Give the user a new PIN. Raises `WeakPin` for one that is easily guessed."""
    with recording(by=by, at=at):
        user.set_pin(checked_pin(pin))
        user.save(update_fields=["pin_hash"])
        for subject in _subjects(user):
            record("pin.changed", subject)


def _subjects(user: User) -> list[Membership] | list[User]:
    """What the ledger is told about: each membership, or the user alone where there is none."""
    return list(memberships_of(user)) or [user]
