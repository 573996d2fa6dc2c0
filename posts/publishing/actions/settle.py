"""What became of a delivery of which nobody knows: the channel is asked, or a person says so."""

from datetime import datetime

from django.db import transaction

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.channels.adapter import Errand
from posts.channels.registry import adapter_of, capability_of
from posts.channels.rules import Absent, Present, ProbeAnswer
from posts.publishing.models import Delivery
from posts.publishing.queries.due import being_taken_down, unknown_to_probe
from posts.publishing.queries.parcels import traces_of
from posts.publishing.rules import ERRAND_LEASE, PROBE_AGAIN, QUARANTINE, turn_seconds

from .deliver import Clock
from .locks import take
from .moves import move, owe_cleaning
from .outcome import mark_published

ANSWERS = ("out", "again", "leave")


class NotUnknown(Exception):
    """What became of it is known already."""


class AddressMissing(Exception):
    """Someone who saw it can say where."""


class BeingTakenDown(Exception):
    """It is being taken down: it cannot be sent again."""


def probe_one(*, by: Actor, clock: Clock) -> bool:
    """Ask a channel about one delivery of unknown outcome; False when there is none to ask about."""
    at = clock()
    row = _lease(at)
    if row is None:
        return False
    adapter = adapter_of(row.account)
    traces = traces_of(row)
    errand = Errand(row.account, at, turn_seconds(len(traces)))
    seen = [adapter.probe(errand, trace) for trace in traces]
    _keep(row, seen, at, by, clock())
    return True


def settle(*, delivery: Delivery, answer: str, address: str = "", by: Actor, at: datetime) -> None:
    """A person looked: it is ``out`` (at `address`), or it is not: send it ``again``, or ``leave`` it.

    The only way to a second send that might double (design 7). Raises `NotUnknown`, `AddressMissing` or
    `BeingTakenDown`.
    """
    if answer not in ANSWERS:
        raise ValueError(f"{answer!r} is not one of {ANSWERS}")
    if answer == "out" and not address:
        raise AddressMissing("Paste the address where you saw it.")
    with recording(by=by, at=at):
        row = take(delivery.pk)
        if row.state != Delivery.State.UNKNOWN:
            raise NotUnknown(f"This is settled already: {row.get_state_display().lower()}.")
        record("delivery.settled", row, answer=answer)
        if answer == "out":
            mark_published(row, "", address, at)
        elif answer == "leave":
            move(row, "failed", at, why="A person looked: it is not out.", not_before=None)
            if capability_of(row.account).two_phase:
                owe_cleaning(row, at)
        elif being_taken_down(row):
            raise BeingTakenDown("It is being taken down, so it is not sent again.")
        else:
            move(row, "scheduled", at, due_at=at, not_before=None, owner="")


def _lease(at: datetime) -> Delivery | None:
    """One to ask about; its next turn is set first, so that other workers pass it over."""
    if not unknown_to_probe(at).exists():
        return None
    with transaction.atomic():
        rows = unknown_to_probe(at).select_related("account__practice")
        row = rows.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
        if row is not None:
            row.not_before = at + ERRAND_LEASE
            row.save(update_fields=["not_before"])
    return row


def _keep(asked: Delivery, seen: list[ProbeAnswer], looked_at: datetime, by: Actor, at: datetime) -> None:
    """Found: it is published. Absent: back in the queue, if absence can be believed.

    The quarantine must have been over when the look began: a worker may stall before it writes down what it saw.
    """
    with recording(by=by, at=at):
        row = take(asked.pk)
        if row.state != Delivery.State.UNKNOWN:
            return
        # Something prepared and invisible has no id: it is not out.
        out = [answer for answer in seen if isinstance(answer, Present) and answer.remote_id]
        if out:
            mark_published(row, out[0].remote_id, out[0].url, at)
            record("delivery.published", row, remote_id=out[0].remote_id)
        elif _may_go_again(row, seen, looked_at):
            move(row, "scheduled", at, not_before=None, owner="")
            record("delivery.settled", row, answer="absent")
        else:
            row.not_before = at + PROBE_AGAIN
            row.save(update_fields=["not_before"])


def _may_go_again(row: Delivery, seen: list[ProbeAnswer], looked_at: datetime) -> bool:
    """Sending again cannot double: the channel knows the key, or the post was absent after the quarantine."""
    if being_taken_down(row) or row.attempts.filter(ended_at=None).exists():
        return False
    if capability_of(row.account).idempotency:
        return True
    last = row.attempts.order_by("-ended_at").values_list("ended_at", flat=True).first()
    looked = all(isinstance(answer, Absent | Present) for answer in seen)
    return looked and last is not None and looked_at >= last + QUARANTINE
