"""Signing in, being locked out, and what one proves oneself with."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

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


def make_password_link(*, user: User, by: Actor, at: datetime) -> str:
    """A secret path at which the user sets a password, once, within three days. It is kept nowhere.

    The PIN with which the user witnesses is forgotten: whoever has the path could be somebody else.
    """
    with recording(by=by, at=at):
        User.objects.filter(pk=user.pk).update(pin_hash="")
        for subject in _subjects(user):
            record("password.link_made", subject, user=user.pk)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("access:set_password", args=[uid, default_token_generator.make_token(user)])


def forget_second_factor(*, user: User, by: Actor, at: datetime) -> None:
    """Forget a lost phone, passkeys and recovery codes: the user sets up new ones at the next sign-in."""
    with recording(by=by, at=at):
        Authenticator.objects.filter(user=user).delete()
        for subject in _subjects(user):
            record("second_factor.removed", subject, user=user.pk)


def _subjects(user: User) -> list[Membership] | list[User]:
    """What the ledger is told about: each membership, or the user alone where there is none."""
    return list(memberships_of(user)) or [user]
