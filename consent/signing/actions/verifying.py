"""An address becomes verified: the person is at the counter, identified by two members, and types a code sent to it.

This is what lets a link with a code stand for a factor that staff do not hold (A-ES 6; R71; see
docs/decisions/signing-routes.md).
"""

from datetime import datetime

from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.actions import verify_contact_point
from consent.people.models import ContactPoint
from consent.people.queries import is_own

from ..rules import Words
from .coding import new_code, refusal_after_trying
from .messengers import Message, messenger_for
from .preparing import OWN_FORM, HandOverRefused
from .witnessing import PinRefused, pin_accepted, refusal_of_pin, require_witness


def send_contact_code(*, point: ContactPoint, by: Actor, at: datetime) -> None:
    """Send six digits to the address. Raises `CodeRefused` if enough were sent, `NotConnected`."""
    with recording(by=by, at=at):
        code = new_code(point, None, at)
        words = Words(point.person.language, code=code, practice=point.practice.name)
        message = Message(
            "contact_code", f"person:{point.person_id}", words["code_subject"], words["code_body"]
        )
        messenger_for(point).send(point=point, message=message, at=at)
        record("contact.code_sent", point.person, person=point.person_id, contact=point.pk)


def verify_contact(
    *, point: ContactPoint, typed: str, witness: User, pin: str, identity_method: str, by: Actor, at: datetime
) -> ContactPoint:
    """The person read the code out or typed it, and a colleague says with their PIN who the person is.

    Raises `HandOverRefused` for a witness who may not be one or a member's own address, `PinRefused`, and `CodeRefused`
    for a wrong, old or worn-out code; wrong PINs and codes are kept as tries.
    """
    require_witness(point.practice, witness, other_than=int(by.id))
    if any(is_own(one, point.person) for one in (by.id, witness.pk)):
        raise HandOverRefused(OWN_FORM)
    is_right = witness.check_pin(pin)
    refusal: Exception | None = None
    with recording(by=by, at=at):
        if not pin_accepted(point.practice_id, witness, is_right, at):
            refusal = PinRefused(refusal_of_pin(witness, at))
        else:
            refusal = refusal_after_trying(point, None, typed, at)
        if refusal is None:
            point = verify_contact_point(point=point, witness=witness, how=identity_method, by=by, at=at)
        else:
            record("contact.code_refused", point.person, person=point.person_id, contact=point.pk)
    if refusal is not None:
        raise refusal
    return point
