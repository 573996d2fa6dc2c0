"""A second member looks at who is there, and says so with their own PIN (R22, R71)."""

from datetime import datetime

from consent.access.doors import living_membership
from consent.access.models import Practice, User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Ceremony, PinTry
from ..queries import pin_lock
from ..rules import lasts, require_move
from .preparing import HandOverRefused, locked, note


class PinRefused(Exception):
    """The PIN was wrong, or may not be tried for a while."""


def witness(
    *, ceremony: Ceremony, witness: User, pin: str, identity_method: str, by: Actor, at: datetime
) -> Ceremony:
    """A second member checks the signer's identity and says so with their own PIN (R22, R71).

    Raises `PinRefused` for a wrong or locked PIN, which is kept as a try, and `HandOverRefused` for somebody who
    may not witness this ceremony.
    """
    require_witness(ceremony.practice, witness, other_than=ceremony.prepared_by_id)
    is_right = witness.check_pin(pin)  # slow on purpose, so before the transaction
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        accepted = pin_accepted(ceremony.practice_id, witness, is_right, at)
        if accepted:
            if not (ceremony.state == Ceremony.State.OPEN and ceremony.route == Ceremony.Route.PHONE):
                require_move(ceremony.state, "open")
            ceremony.witness = witness
            ceremony.witnessed_at = at
            ceremony.identity_method = identity_method
            ceremony.save(update_fields=["witness", "witnessed_at", "identity_method"])
            note(ceremony, "witnessed", by=Actor("user", str(witness.pk)), at=at)
            facts = {"witness": witness.pk, "identity_method": identity_method}
            record("ceremony.witnessed", ceremony, person=ceremony.person_id, **facts)
        else:
            facts = {"user": witness.pk, "purpose": "witness"}
            record("ceremony.pin_refused", ceremony, person=ceremony.person_id, **facts)
    if not accepted:
        raise PinRefused(refusal_of_pin(witness, at))
    return ceremony


def pin_accepted(practice_id: int, witness: User, is_right: bool, at: datetime) -> bool:
    """Keep the try; whether the PIN was right and not locked. In the caller's transaction."""
    # One try at a time: otherwise ten at once would all be among the first three.
    witness = User.objects.select_for_update(no_key=True).get(pk=witness.pk)
    if pin_lock(witness, at) is not None:
        return False
    PinTry.objects.create(practice_id=practice_id, user=witness, at=at, was_right=is_right)
    return is_right


def require_witness(practice: Practice, witness: User, *, other_than: int) -> None:
    """Somebody other than the one who asks, who works here and may witness. Raises `HandOverRefused`."""
    membership = living_membership(witness, practice.slug)
    if witness.pk == other_than:
        raise HandOverRefused("The witness is a second person. Ask a colleague.")
    if membership is None or not witness.is_active or not membership.can("consent.witness"):
        raise HandOverRefused(f"{witness} may not witness here. Ask another colleague.")


def refusal_of_pin(witness: User, at: datetime) -> str:
    """Why the PIN was not taken."""
    if not witness.pin_hash:
        return f"{witness} has no PIN yet. They choose one under their own name, at the top of the page."
    lock = pin_lock(User.objects.get(pk=witness.pk), at)
    if lock is None:
        return "That is not their PIN. Please try again."
    ends = (
        f"is locked for {lasts(lock, at)}"
        if lock.until
        else "is locked until they sign in with their password"
    )
    return f"Too many wrong PINs: the PIN of {witness} {ends}. Ask another colleague."
