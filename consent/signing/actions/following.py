"""A signer who is at a page of ours already opens their form there; and then the next one of the same matter.

The code still goes to their own address, and whoever typed it is who signs. Two papers stay two: each is opened, read
and signed by itself (R15).
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import ContactPoint

from ..models import Ceremony
from ..printing import printing_refusal
from ..queries import UNANSWERED, filled_now, token_digest
from ..rules import NotNow, Words, is_idle
from .coding import new_code, refusal_after_trying
from .guests import Opened
from .messengers import Message, messenger_for
from .opening import confirmed_by, opened
from .preparing import end_links, locked, note
from .sending import (
    SendRefused,
    begin_anew,
    new_link,
    require_own_address,
    require_second_look,
    require_unanswered,
)

FOLLOWS_WITHIN = timedelta(minutes=30)
STORY = "story"


def send_code_to(*, ceremony: Ceremony, point: ContactPoint, by: Actor, at: datetime) -> None:
    """Send six digits for this form to an address of its signer's. Nothing else changes until they are typed.

    Raises `SendRefused` for an address that the form may not be opened with, `NotNow` if it is answered or in other
    hands, `CodeRefused` if enough were sent.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        _require_openable(ceremony, point, at)
        code = new_code(point, ceremony, at)
        words = Words(ceremony.wording.language, code=code, practice=ceremony.practice.name)
        message = Message(
            "signing_code", f"ceremony:{ceremony.pk}", words["code_subject"], words["code_body"]
        )
        messenger_for(point).send(point=point, message=message, at=at)
        note(ceremony, "code_sent", by=by, at=at, contact=point.pk)
        record("ceremony.code_sent", ceremony, person=ceremony.person_id, contact=point.pk)


def open_in_hand(
    *, ceremony: Ceremony, point: ContactPoint, typed: str, until: datetime, by: Actor, at: datetime
) -> Opened:
    """The six digits, typed at the page that asked for them: the form opens here, and can be answered until `until`.

    Raises `CodeRefused` for a wrong, old or worn-out code, and what `send_code_to` raises.
    """
    found: Opened | None = None
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        _require_openable(ceremony, point, at)
        refusal = refusal_after_trying(point, ceremony, typed, at)
        if refusal is None:
            found = _open_here(ceremony, point, until, {}, by=by, at=at)
        else:
            record("ceremony.code_refused", ceremony, person=ceremony.person_id)
    if refusal is not None:
        raise refusal
    assert found is not None
    return found


def next_form(ceremony: Ceremony, at: datetime) -> Ceremony | None:
    """What the same signer is asked in the same matter, and can open with the same address; None if nothing is left."""
    story, point = ceremony.offered.get(STORY), ceremony.contact_point
    if story is None or point is None:
        return None
    waiting = Ceremony.objects.filter(
        practice_id=ceremony.practice_id,
        signer_id=ceremony.signer_id,
        offered__story=story,
        state__in=UNANSWERED,
    ).exclude(pk=ceremony.pk)
    found = waiting.select_related("wording__template", "practice", "signer").order_by("pk")
    return next((one for one in found if can_open(one, point, at)), None)


def can_open(ceremony: Ceremony, point: ContactPoint, at: datetime) -> bool:
    """Whether this form waits, and a code to this address opens it."""
    try:
        _require_openable(ceremony, point, at)
    except (SendRefused, NotNow):
        return False
    return True


def open_next(*, ceremony: Ceremony, holder: str, by: Actor, at: datetime) -> Opened:
    """Open the next form on the device that has just signed this one; the code that was typed there counts for it too.

    `holder` is that device's own token. Raises `NotNow` for another device, a signature that is half an hour old, or
    where nothing is left to sign.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        confirmed = _just_signed_here(ceremony, holder, at)
        following = next_form(ceremony, at)
        if following is None or ceremony.expires_at is None:
            raise NotNow("Nothing more is asked of you here.")
        assert ceremony.contact_point is not None
        carried = confirmed | {"carried_from": ceremony.pk}
        return _open_here(
            locked(following), ceremony.contact_point, ceremony.expires_at, carried, by=by, at=at
        )


def _just_signed_here(ceremony: Ceremony, holder: str, at: datetime) -> dict[str, Any]:
    """What the code of this form confirmed, if this device signed it just now. Raises `NotNow`."""
    mine = bool(holder) and secrets.compare_digest(token_digest(holder), ceremony.token_digest)
    signed = ceremony.state == Ceremony.State.SIGNED and ceremony.finished_at is not None
    if not (mine and signed and ceremony.route == Ceremony.Route.LINK) or ceremony.returned_at is not None:
        raise NotNow("This device did not sign the form before.")
    assert ceremony.finished_at is not None
    if at - ceremony.finished_at >= FOLLOWS_WITHIN or is_idle(ceremony.route, ceremony.last_seen_at, at):
        raise NotNow("The form before was signed too long ago. Ask for a new code.")
    codes = ceremony.events.filter(kind="code_confirmed", details__contact=ceremony.contact_point_id)
    confirmed = codes.order_by("-pk").first()
    if confirmed is None:
        raise NotNow("No code was typed on this device.")
    details: dict[str, Any] = confirmed.details
    return details


def _require_openable(ceremony: Ceremony, point: ContactPoint, at: datetime) -> None:
    require_unanswered(ceremony)
    require_own_address(ceremony, point)
    require_second_look(ceremony, ceremony.prepared_by_id)
    if refusal := printing_refusal(ceremony, filled_now(ceremony, at)):
        raise SendRefused(refusal)


def _open_here(
    ceremony: Ceremony,
    point: ContactPoint,
    until: datetime,
    carried: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> Opened:
    """One browser holds the form, by a link of its own. Earlier links stay good; what was marked is kept."""
    if ceremony.route != Ceremony.Route.LINK:
        end_links(ceremony, at)
        begin_anew(ceremony)
    ceremony.route, ceremony.contact_point = Ceremony.Route.LINK, point
    ceremony.sent_at, ceremony.expires_at = ceremony.sent_at or at, max(until, ceremony.expires_at or until)
    ceremony.save()
    note(ceremony, "sent", by=by, at=at, contact=point.pk, in_hand=True)
    record("ceremony.sent", ceremony, person=ceremony.person_id, contact=point.pk, again=False)
    note(ceremony, "code_confirmed", by=by, at=at, **(carried or confirmed_by(point)))
    token = new_link(ceremony, at, ceremony.expires_at)
    return Opened(token, opened(ceremony, by=by, at=at, contact=point.pk))
