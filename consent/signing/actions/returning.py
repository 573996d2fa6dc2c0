"""The tablet comes back: by the preparer's PIN within half an hour, otherwise by signing in anew (design 8)."""

from datetime import datetime

from consent.access.doors import living_membership
from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import SYSTEM, Actor

from ..models import Ceremony
from ..queries import pin_lock
from ..rules import RETURN_WITHIN, NotNow, tries_left
from .preparing import HandOverRefused, locked, note
from .witnessing import PinRefused, pin_accepted

SIGN_IN = "Please sign in with your password instead."


def take_back(*, ceremony: Ceremony, pin: str, by: Actor, at: datetime) -> User:
    """Give the preparer their session's right back; returns whom to sign in, with a new session.

    Raises `PinRefused` for a wrong PIN, after three of them here or too many anywhere, after thirty minutes, or if
    they have left.
    """
    user = ceremony.prepared_by
    is_right = user.check_pin(pin)
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        refusal = _barred(ceremony, user, at)
        if refusal is None and not pin_accepted(ceremony.practice_id, user, is_right, at):
            ceremony.pin_failures += 1
            ceremony.save(update_fields=["pin_failures"])
            record(
                "ceremony.pin_refused", ceremony, person=ceremony.person_id, user=user.pk, purpose="return"
            )
            left = tries_left(ceremony.pin_failures)
            refusal = (
                f"That is not the PIN. You have {left} more." if left else f"That is not the PIN. {SIGN_IN}"
            )
        if refusal is None:
            _back(ceremony, by=by, at=at)
    if refusal is not None:
        raise PinRefused(refusal)
    return user


def release(*, ceremony: Ceremony, by: Actor = SYSTEM, at: datetime) -> None:
    """Let go of the tablet without a PIN: nobody is signed in by it, the next page asks for a full sign-in."""
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        if ceremony.returned_at is None:
            _back(ceremony, by=by, at=at)


def recall(*, ceremony: Ceremony, by: Actor, at: datetime) -> None:
    """The tablet never got the form, since the answer to the hand-over was lost: it can go out again, once checked.

    Whatever screen may show it after all shows nothing from now on. Doing it twice does no harm. Raises
    `HandOverRefused` unless the preparer does it, `NotNow` if it is answered meanwhile.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        if str(ceremony.prepared_by_id) != by.id:
            raise HandOverRefused(
                f"{ceremony.prepared_by} handed it over and calls it back, or you start anew."
            )
        if ceremony.state == Ceremony.State.OPEN:
            _back(ceremony, by=by, at=at)
        elif ceremony.state != Ceremony.State.PREPARED:
            raise NotNow(f"This form is already {ceremony.state}.")


def _barred(ceremony: Ceremony, user: User, at: datetime) -> str | None:
    """Why a PIN is not enough, or None if it is."""
    if ceremony.returned_at is not None or ceremony.handed_over_at is None:
        return f"This tablet was already taken back. {SIGN_IN}"
    if at - ceremony.handed_over_at > RETURN_WITHIN:
        return f"The tablet was away for too long. {SIGN_IN}"
    if not tries_left(ceremony.pin_failures):
        return f"Three wrong PINs. {SIGN_IN}"
    if pin_lock(user, at) is not None:
        return f"Too many wrong PINs of {user}. {SIGN_IN}"
    if not user.is_active or living_membership(user, ceremony.practice.slug) is None:
        return f"{user} does not work here any more. {SIGN_IN}"
    return None


def _back(ceremony: Ceremony, *, by: Actor, at: datetime) -> None:
    """The tablet shows nothing any more. An unfinished form is ready again, empty; its ticks are forgotten."""
    if ceremony.state == Ceremony.State.OPEN:
        ceremony.state = Ceremony.State.PREPARED
        ceremony.step = "welcome"
        ceremony.answers, ceremony.filled, ceremony.text_sha256 = {}, "", ""
    ceremony.returned_at = at
    ceremony.token_digest = ceremony.own_page = ""
    ceremony.save()
    note(ceremony, "returned", by=by, at=at)
    record("ceremony.returned", ceremony, person=ceremony.person_id)
