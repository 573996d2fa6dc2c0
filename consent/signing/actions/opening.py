"""The signer opens the form on their own device: by a code to their own address, or with the counter's code."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import ContactPoint
from consent.records.actions import issue_holder_link

from ..models import Ceremony, CeremonyEvent, SignerLink
from ..queries import UNANSWERED, own_page_address, token_digest
from ..rules import NotNow, Words, require_move
from ..rules.codes import CodeRefused
from .answering import signer_of
from .coding import new_code, refusal_after_trying
from .messengers import Message, messenger_for
from .preparing import locked, note
from .sending import TOKEN_BYTES

MAIL_EVERY = timedelta(minutes=10)
NOTED_EVERY = timedelta(minutes=10)


def ask_for_code(*, ceremony: Ceremony, by: Actor, at: datetime) -> None:
    """Send six digits to the address that the link went to.

    Raises `CodeRefused` if enough were sent, `NotNow` if there is nothing to open, `NotConnected`.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        point = _require_open_by_link(ceremony, at).contact_point
        assert point is not None
        code = new_code(point, ceremony, at)
        words = Words(ceremony.wording.language, code=code, practice=ceremony.practice.name)
        about = f"ceremony:{ceremony.pk}"
        message = Message("signing_code", about, words["code_subject"], words["code_body"])
        messenger_for(point).send(point=point, message=message, at=at)
        note(ceremony, "code_sent", by=by, at=at, contact=point.pk)
        record("ceremony.code_sent", ceremony, person=ceremony.person_id, contact=point.pk)


def open_with_code(*, ceremony: Ceremony, typed: str, by: Actor, at: datetime) -> str:
    """Open the form here, and nowhere else from now on; returns this device's token. What was marked is kept.

    Raises `CodeRefused` for a wrong, old or worn-out code, `NotNow` if there is nothing to open.
    """
    token = ""
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        point = _require_open_by_link(ceremony, at).contact_point
        assert point is not None
        refusal = refusal_after_trying(point, ceremony, typed, at)
        if refusal is None:
            note(ceremony, "code_confirmed", by=by, at=at, **confirmed_by(point))
            token = opened(ceremony, by=by, at=at, contact=point.pk)
        else:
            record("ceremony.code_refused", ceremony, person=ceremony.person_id)
    if refusal is not None:
        raise refusal
    return token


def open_on_phone(*, ceremony: Ceremony, link: SignerLink, by: Actor, at: datetime) -> str:
    """Open the form on the phone that scanned the counter's code; the code opens nothing more.

    Returns the phone's token. Raises `NotNow` if the code was used or is old, or the form is answered.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        fresh = SignerLink.objects.filter(pk=link.pk, ceremony=ceremony, ended_at=None, expires_at__gt=at)
        if ceremony.state not in UNANSWERED or not fresh.update(expires_at=at):
            raise NotNow("This code opens nothing more. Show it again at the counter.")
        return opened(ceremony, by=by, at=at, contact=None)


def note_staff(*, ceremony: Ceremony, by: Actor, at: datetime) -> None:
    """A browser in which a member of this practice is signed in tried to open a form that only its signer may."""
    with recording(by=by, at=at):
        lately = CeremonyEvent.objects.filter(
            ceremony=ceremony, kind="staff_refused", actor=str(by), at__gt=at - NOTED_EVERY
        )
        if not lately.exists():
            note(ceremony, "staff_refused", by=by, at=at)
            record("ceremony.staff_refused", ceremony, person=ceremony.person_id, user=int(by.id))


def mail_own_page(*, ceremony: Ceremony, by: Actor, at: datetime) -> None:
    """Send the way to the copy to the address that the request went to; at most once in ten minutes.

    Raises `CodeRefused` if it was sent just now, `NotNow` if nothing is signed or the address is gone.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        point = ceremony.contact_point
        if ceremony.state != Ceremony.State.SIGNED or point is None:
            raise NotNow("There is no copy that could be sent.")
        if ceremony.events.filter(kind="own_page_mailed", at__gt=at - MAIL_EVERY).exists():
            raise CodeRefused("code_wait")
        _, token = issue_holder_link(
            person=ceremony.person, representation=ceremony.representation, by=by, at=at
        )
        address = own_page_address(token)
        words = Words(ceremony.wording.language, practice=ceremony.practice.name, address=address)
        about = f"ceremony:{ceremony.pk}"
        message = Message("own_page", about, words["own_page_subject"], words["own_page_body"])
        messenger_for(point).send(point=point, message=message, at=at)
        note(ceremony, "own_page_mailed", by=by, at=at, contact=point.pk)


def confirmed_by(point: ContactPoint) -> dict[str, Any]:
    """Point 6 of the evidence: which address a code confirmed, and who verified it, when and how."""
    return {
        "contact": point.pk,
        "contact_kind": point.kind,
        "verified_by": point.verified_by_id,
        "verified_witness": point.verified_witness_id,
        "verified_how": point.verified_how,
        "verified_at": point.verified_at.isoformat() if point.verified_at else "",
    }


def _require_open_by_link(ceremony: Ceremony, at: datetime) -> Ceremony:
    """The ceremony, if it waits for its signer to open it by a link. Raises `NotNow`."""
    waits = ceremony.route == Ceremony.Route.LINK and ceremony.state in UNANSWERED
    if not waits or ceremony.expires_at is None or ceremony.expires_at <= at or not ceremony.contact_point:
        raise NotNow("This form is no longer open.")
    return ceremony


def opened(ceremony: Ceremony, *, by: Actor, at: datetime, contact: int | None) -> str:
    """One device holds the form from now on; its token. In the caller's transaction."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if ceremony.state == Ceremony.State.PREPARED:
        require_move(ceremony.state, "open")
        ceremony.state = Ceremony.State.OPEN
    ceremony.token_digest = token_digest(token)
    ceremony.handed_over_at = ceremony.handed_over_at or at
    ceremony.last_seen_at, ceremony.returned_at = at, None
    ceremony.save()
    note(ceremony, "opened_on_own_device", by=signer_of(ceremony), at=at)
    route = str(ceremony.route)
    record("ceremony.opened", ceremony, person=ceremony.person_id, route=route, contact=contact)
    return token
