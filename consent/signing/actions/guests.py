"""A guest of an event answers on their own phone: the form is made for them at once, and two members see them before
they sign (A-ES 5, 6 and 11; R71).

A stranger's phone and an address that they typed prove nobody, so neither counts as a factor: the second member does,
as at the counter. A check counts for half an hour and for the form as it is open now.
"""

from dataclasses import dataclass
from datetime import datetime

from consent.access.models import Location, User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import ContactPoint, Person
from consent.wording.actions import freeze
from consent.wording.models import Wording

from ..models import Ceremony, SignerLink
from ..printing import printing_refusal
from ..queries import UNANSWERED, filled_now
from ..rules import NotNow
from .answering import signer_of
from .opening import opened
from .preparing import (
    HandOverRefused,
    Offer,
    PrepareRefused,
    locked,
    note,
    require_lists,
    require_not_own,
    require_signer,
)
from .sending import new_link
from .witnessing import PinRefused, pin_accepted, refusal_of_pin, require_witness


@dataclass(frozen=True)
class Opened:
    """What the guest's browser keeps: the token of its link, and of the device that holds the form."""

    token: str
    holder: str


def ask_guest(
    *,
    person: Person,
    wording: Wording,
    location: Location,
    offer: Offer,
    host: User,
    contact: ContactPoint | None,
    until: datetime,
    by: Actor,
    at: datetime,
) -> tuple[Ceremony, Opened]:
    """Make a guest's form and open it on the phone that asks. `host` is who asks; until `until` it can be answered.

    Raises `PrepareRefused` when this person may not sign for themselves, the form is not in use, nothing is offered,
    or no font of ours can print what the document would hold.
    """
    require_signer(person, wording, None, at)
    require_lists(offer, wording)
    with recording(by=by, at=at):
        ceremony = Ceremony.objects.create(
            practice_id=person.practice_id,
            person=person,
            signer=person,
            role="self",
            wording=freeze(wording=wording, by=by, at=at),
            location=location,
            offered=offer.to_json(),
            privacy_notice=offer.privacy_notice.strip(),
            route=Ceremony.Route.EVENT,
            contact_point=contact,
            expires_at=until,
            prepared_by=host,
            prepared_at=at,
        )
        if refusal := printing_refusal(ceremony, filled_now(ceremony, at)):
            raise PrepareRefused(refusal)
        note(ceremony, "prepared", by=by, at=at)
        record("ceremony.prepared", ceremony, person=person.pk, wording=wording.pk, role=ceremony.role)
        return ceremony, _open_here(ceremony, at)


def reopen_guest_form(*, ceremony: Ceremony, by: Actor, at: datetime) -> Opened:
    """Open a guest's form anew in the browser that holds it already. Whoever was seen before is to be seen again.

    Raises `NotNow` if it is no guest's, is answered, or the event is over.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        over = ceremony.expires_at is None or ceremony.expires_at <= at
        if ceremony.route != Ceremony.Route.EVENT or ceremony.state not in UNANSWERED or over:
            raise NotNow("This form is no longer open.")
        return _open_here(ceremony, at)


def see_guest(
    *, ceremony: Ceremony, witness: User, pin: str, identity_method: str, by: Actor, at: datetime
) -> Ceremony:
    """Two members see the guest in person, before the signature: `by` says how they know who it is, `witness` too.

    Both attest that the guest is able to decide. Raises `HandOverRefused` for a witness who may not be one, a member
    who is the guest, or a name that cannot be printed, `PinRefused`, and `NotNow` unless the form waits for its
    signature.
    """
    require_witness(ceremony.practice, witness, other_than=int(by.id))
    for member in (by.id, witness.pk):
        require_not_own(ceremony, member)
    is_right = witness.check_pin(pin)  # slow on purpose, so before the transaction
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        _require_waits(ceremony, at)
        accepted = pin_accepted(ceremony.practice_id, witness, is_right, at)
        if accepted:
            _seen(ceremony, witness, identity_method, by=by, at=at)
        else:
            facts = {"user": witness.pk, "purpose": "witness"}
            record("ceremony.pin_refused", ceremony, person=ceremony.person_id, **facts)
    if not accepted:
        raise PinRefused(refusal_of_pin(witness, at))
    return ceremony


def _seen(ceremony: Ceremony, witness: User, identity_method: str, *, by: Actor, at: datetime) -> None:
    ceremony.checked_by = User.objects.get(pk=int(by.id))
    ceremony.witness, ceremony.witnessed_at = witness, at
    ceremony.identity_method, ceremony.capacity_attested = identity_method, True
    if refusal := printing_refusal(ceremony, filled_now(ceremony, at)):
        raise HandOverRefused(refusal)
    ceremony.save(
        update_fields=["checked_by", "witness", "witnessed_at", "identity_method", "capacity_attested"]
    )
    note(ceremony, "witnessed", by=Actor("user", str(witness.pk)), at=at, checked_by=int(by.id))
    facts = {"witness": witness.pk, "identity_method": identity_method}
    record("ceremony.witnessed", ceremony, person=ceremony.person_id, **facts)


def _require_waits(ceremony: Ceremony, at: datetime) -> None:
    over = ceremony.expires_at is None or ceremony.expires_at <= at
    if ceremony.route != Ceremony.Route.EVENT or ceremony.state != Ceremony.State.OPEN or over:
        raise NotNow("This card waits for nobody any more.")
    if ceremony.step != "sign":
        raise NotNow(
            "This guest is still reading. They are asked to come to you when they are ready to sign."
        )


def _open_here(ceremony: Ceremony, at: datetime) -> Opened:
    """One browser holds the form, by a link of its own. In the caller's transaction."""
    assert ceremony.expires_at is not None
    SignerLink.objects.filter(ceremony=ceremony, ended_at=None).update(ended_at=at)
    ceremony.checked_by = ceremony.witness = ceremony.witnessed_at = None
    ceremony.identity_method, ceremony.capacity_attested = "", False
    token = new_link(ceremony, at, ceremony.expires_at)
    return Opened(token, opened(ceremony, by=signer_of(ceremony), at=at, contact=None))
