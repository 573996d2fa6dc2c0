"""Take down: delete post and media, look for both, believe in absence only after the quarantine, and look again later.

Each turn is a short lease, the network, and a short transaction that keeps what was seen.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.channels.adapter import Adapter, Errand
from posts.channels.registry import adapter_of
from posts.channels.rules import Absent, Done, Present, ProbeAnswer, Refused, Trace, Unknown
from posts.publishing.models import Delivery, Takedown
from posts.publishing.queries.due import due_takedowns
from posts.publishing.queries.parcels import traces_of
from posts.publishing.rules import (
    BY_HAND_TAKEDOWN,
    ERRAND_LEASE,
    GIVE_TO_A_PERSON_AFTER,
    LATER_PROBES,
    NEXT,
    QUARANTINE,
    turn_seconds,
    wait_after,
)

from .deliver import Clock
from .locks import take
from .moves import move, owe_takedown

ERROR_LENGTH = 300
# What may be out becomes *removed*; what was never out keeps the state that says why.
MAY_BE_OUT = (Delivery.State.PUBLISHED, Delivery.State.UNKNOWN, Delivery.State.FOUND)


@dataclass(frozen=True)
class Sight:
    """What one turn saw: gone (post and media), or why not yet."""

    gone: bool
    problem: str = ""
    refused: bool = False


def take_down_one(*, by: Actor, clock: Clock) -> bool:
    """Give one takedown its turn; False when none is due."""
    at = clock()
    takedown = _lease(by, at)
    if takedown is None:
        return False
    traces = traces_of(takedown.delivery)
    errand = Errand(takedown.delivery.account, at, turn_seconds(len(traces)))
    only_look = takedown.state == Takedown.State.CLOSED
    sight = _look_or_remove(adapter_of(errand.account), errand, traces, only_look)
    _keep(takedown, sight, by, clock())
    return True


def _lease(by: Actor, at: datetime) -> Takedown | None:
    """The takedown whose turn it is, leased, so that two workers do not tell the network twice at once."""
    if not due_takedowns(at).exists():
        return None
    with transaction.atomic():
        due = due_takedowns(at).select_related("delivery__account__practice")
        takedown = due.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
        if takedown is not None:
            takedown.owner, takedown.lease_until = str(by), at + ERRAND_LEASE
            takedown.save(update_fields=["owner", "lease_until"])
    return takedown


def _look_or_remove(adapter: Adapter, errand: Errand, traces: list[Trace], only_look: bool) -> Sight:
    """Delete everything we know of, unless this turn only looks, and then look for all of it."""
    for trace in traces:
        if not only_look:
            for answer in (adapter.delete(errand, trace), adapter.delete_media(errand, trace)):
                if not isinstance(answer, Done):
                    return Sight(False, answer.detail, isinstance(answer, Refused) and answer.permanent)
        for seen in (adapter.probe(errand, trace), adapter.probe_media(errand, trace)):
            if not isinstance(seen, Absent):
                return Sight(False, _problem(seen))
    return Sight(True)


def _problem(seen: ProbeAnswer) -> str:
    return seen.detail if isinstance(seen, Unknown) else "It is still there."


def _keep(leased: Takedown, sight: Sight, by: Actor, at: datetime) -> None:
    """Write down what was seen, and when to look next."""
    with recording(by=by, at=at):
        row = take(leased.delivery_id)
        takedown = Takedown.objects.select_for_update(no_key=True).get(pk=leased.pk)
        if takedown.owner != leased.owner or takedown.lease_until != leased.lease_until:
            return
        takedown.lease_until, takedown.last_probe_at = None, at
        if takedown.state == Takedown.State.CLOSED:
            _later(takedown, row, sight, at)
        elif not sight.gone:
            _not_yet(takedown, sight, at)
        elif row.attempts.filter(ended_at=None).exists():
            # Something may still surface: this absence counts for nothing.
            takedown.not_before = at + wait_after(1)
        elif takedown.state == Takedown.State.OWED:
            _deleted(takedown, row, at)
        else:
            _close(takedown, row, at)
        takedown.save()


def _not_yet(takedown: Takedown, sight: Sight, at: datetime) -> None:
    """Try again, later and later; in the end it is a task for a person, with its deadline."""
    takedown.state, takedown.deleted_at = Takedown.State.OWED, None
    takedown.tries += 1
    takedown.last_error = sight.problem[:ERROR_LENGTH]
    takedown.not_before = at + wait_after(takedown.tries)
    if sight.refused or takedown.tries >= GIVE_TO_A_PERSON_AFTER:
        takedown.by_hand, takedown.due_at = True, at + BY_HAND_TAKEDOWN


def _deleted(takedown: Takedown, row: Delivery, at: datetime) -> None:
    """Not there any more. Whether it stays so shows after the quarantine."""
    takedown.state, takedown.deleted_at = Takedown.State.DELETED, at
    takedown.last_error = ""
    takedown.not_before = at + QUARANTINE
    record("takedown.deleted", row, takedown=takedown.pk)


def _close(takedown: Takedown, row: Delivery, at: datetime) -> None:
    """Gone. What was prepared and never out needs no later look: the same key may be used again."""
    takedown.state, takedown.closed_at = Takedown.State.CLOSED, at
    if takedown.why == Takedown.Why.CLEAN_UP:
        takedown.later_probes_left = 0
    else:
        takedown.not_before = (takedown.deleted_at or at) + LATER_PROBES[0]
    if takedown.why != Takedown.Why.CLEAN_UP and row.state in MAY_BE_OUT:
        move(row, "removed", at, lease_until=None)
    record("takedown.closed", row, takedown=takedown.pk)


def _later(takedown: Takedown, row: Delivery, sight: Sight, at: datetime) -> None:
    """A later look: if it came back, it is owed anew."""
    takedown.later_probes_left -= 1
    seen = len(LATER_PROBES) - takedown.later_probes_left
    if row.published_at and takedown.closed_at and row.published_at > takedown.closed_at:
        # Sent anew since, on a decision of its own: what is there now is not what was taken down.
        takedown.later_probes_left = 0
        return
    if takedown.later_probes_left:
        takedown.not_before = (takedown.deleted_at or at) + LATER_PROBES[seen]
    if sight.problem == _problem(Present()):
        takedown.later_probes_left = 0
        if "published" in NEXT[row.state]:
            move(row, "published", at)
        owe_takedown(row, Takedown.Why.RESURFACED, at)
