"""Posting by hand: a claim shows nothing, *Post it now* runs T2 and opens ten minutes, then a person tells."""

from datetime import datetime

from consent.audit.ledger import recording
from consent.audit.rules import Actor
from posts.channels.registry import capability_of
from posts.channels.rules import Done, Refused
from posts.content.queries import left_out
from posts.publishing.models import Attempt, Delivery
from posts.publishing.queries.due import is_paused
from posts.publishing.rules import BY_HAND_WINDOW

from .claim import LEFT_OUT, take_lease
from .intent import Intent, intend
from .locks import take, version_of
from .moves import move
from .outcome import keep_outcome
from .settle import AddressMissing


class NotByHand(Exception):
    """This channel is published by Postern itself."""


class NotDueYet(Exception):
    """Its time has not come."""


class Taken(Exception):
    """Someone else has it, or it has left the queue."""


class PausedNow(Exception):
    """Publishing is paused."""


class WindowClosed(Exception):
    """The ten minutes are over."""


def claim_by_hand(*, delivery: Delivery, by: Actor, at: datetime) -> Delivery:
    """Say "I will post it". Nothing is shown yet. Raises `NotByHand`, `NotDueYet`, `PausedNow` or `Taken`."""
    if not capability_of(delivery.account).by_hand:
        raise NotByHand("Postern publishes on this channel itself.")
    with recording(by=by, at=at):
        row = take(delivery.pk)
        if row.state != Delivery.State.SCHEDULED:
            raise Taken(f"Someone was faster: it is {row.said_state.lower()}.")
        if row.due_at > at:
            raise NotDueYet("Its time has not come yet.")
        if left_out(version_of(row)):
            raise Taken(LEFT_OUT)
        if is_paused(row):
            raise PausedNow("Publishing is paused. It can be posted when someone resumes it.")
        take_lease(row, by, at)
        row.lease_until = at + BY_HAND_WINDOW
        row.save(update_fields=["lease_until"])
    return row


def post_now(*, delivery: Delivery, by: Actor, at: datetime) -> Intent | None:
    """Ask the gate, and show text and pictures for ten minutes; None if it says no. Raises `Taken`.

    What is shown is a disclosure by this person's hand: the decision is as binding as the worker's.
    """
    if delivery.state != Delivery.State.CLAIMED or delivery.owner != str(by):
        raise Taken("This is not yours to post any more. Go back to the list.")
    return intend(delivery=delivery, stage="export", lease=BY_HAND_WINDOW, by=by, at=at)


def let_go(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Put it back for someone else. Raises `Taken`."""
    with recording(by=by, at=at):
        row = take(delivery.pk)
        if row.state != Delivery.State.CLAIMED or row.owner != str(by):
            raise Taken("This is not yours any more.")
        move(row, "scheduled", at, owner="", lease_until=None)


def tell_by_hand(*, delivery: Delivery, posted: bool, address: str = "", by: Actor, at: datetime) -> Delivery:
    """It is out at `address`, or "I did not". Raises `AddressMissing` or `WindowClosed`."""
    if posted and not address:
        raise AddressMissing("Paste the address of the post, so that it can be found again.")
    attempt = delivery.attempts.filter(fence=delivery.fence, stage=Attempt.Stage.SENDING).first()
    if attempt is None or delivery.state != Delivery.State.SENDING:
        raise WindowClosed("The ten minutes are over. Answer the question under “Going out”.")
    if posted:
        return keep_outcome(attempt=attempt, answer=Done(url=address), by=by, at=at)
    said = Refused("The person said: I did not.", permanent=False)
    return keep_outcome(attempt=attempt, answer=said, by=by, at=at)
