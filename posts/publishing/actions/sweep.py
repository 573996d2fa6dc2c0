"""Stop what is scheduled and owe the takedown of what may be out, as soon as something closes the gate (design 7).

A withdrawal notifies nobody: it is one row, and the sweep, first in every worker's loop, finds it. Handling it twice
does no harm, so several workers may sweep at once.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from consent.audit.ledger import recording
from consent.audit.rules import Actor
from consent.people.queries import identities
from consent.records.models import Consent
from consent.records.queries import consents_standing, not_allowed
from posts.clearance.actions import decide
from posts.publishing.models import Delivery, SweepMark, Takedown
from posts.publishing.queries.closings import (
    BATCH,
    EXPIRY,
    OVERLAP,
    SOURCES,
    Closing,
    ended_between,
    last_of,
    new_closings,
)
from posts.publishing.queries.resting import (
    STOPPABLE,
    found_with,
    looks_sent,
    shown_since,
    stoppable,
    tried_on,
)
from posts.publishing.queries.usage import touches

from .effect import take_effect
from .locks import hold_people, take, version_of
from .moves import block, owe_takedown

Isolate = Callable[[Callable[[], bool]], bool]


def plainly(step: Callable[[], bool]) -> bool:
    """Let an error of one item through."""
    return step()


def sweep(*, by: Actor, at: datetime, isolate: Isolate = plainly) -> bool:
    """Handle everything new that closes the gate; whether there was anything.

    `isolate` runs the handling of one row, so that a row that fails does not keep the others waiting; a row whose
    handling fails counts as not handled.
    """
    marks = {mark.kind: mark for mark in SweepMark.objects.all()}
    worked = False
    for kind in SOURCES:
        worked |= _sweep_kind(marks.get(kind) or SweepMark(kind=kind), by, at, isolate)
    return _sweep_expired(marks.get(EXPIRY) or SweepMark(kind=EXPIRY), by, at, isolate) or worked


def _sweep_kind(mark: SweepMark, by: Actor, at: datetime, isolate: Isolate) -> bool:
    """The new rows of one kind."""
    top = last_of(mark.kind)
    closings = new_closings(mark)
    done: set[int] = set()
    waiting: set[int] = set()
    for closing in closings:
        handled = isolate(partial(_handle, closing, by, at))
        (done if handled else waiting).add(closing.id)
    behind = top - mark.upto > OVERLAP and len(closings) < BATCH
    if done or behind or waiting - set(mark.waiting):
        _advance(mark.kind, done, waiting, top if behind else 0)
    return bool(done)


def _sweep_expired(mark: SweepMark, by: Actor, at: datetime, isolate: Isolate) -> bool:
    """Consents that ended since the last look. The first look begins now: nothing rested on Postern before."""
    if mark.upto_at is None:
        # Two workers may take their first look at once; the earlier instant stays.
        SweepMark.objects.get_or_create(kind=EXPIRY, defaults={"upto_at": at})
        return False
    if mark.upto_at >= at:
        return False
    closings = list(ended_between(mark.upto_at, at))
    handled = [isolate(partial(_handle, closing, by, at)) for closing in closings]
    if closings and all(handled):
        SweepMark.objects.filter(kind=EXPIRY, upto_at__lt=at).update(upto_at=at)
    return bool(closings)


def _advance(kind: str, done: set[int], waiting: set[int], top: int) -> None:
    """Note what was handled, and that everything up to `top` was read. Another worker may have noted other rows."""
    with transaction.atomic():
        SweepMark.objects.get_or_create(kind=kind)
        mark = SweepMark.objects.select_for_update(no_key=True).get(kind=kind)
        mark.upto = max([mark.upto, top, *done, *waiting])
        mark.seen = sorted(n for n in {*mark.seen, *done} | waiting if n > mark.upto - OVERLAP)
        mark.waiting = sorted(({*mark.waiting} | waiting) - done)
        mark.save()


def _handle(closing: Closing, by: Actor, at: datetime) -> bool:
    """Stop, owe, and for a withdrawal say when it is in effect. False if it is to be asked about again."""
    if closing.since is not None and closing.since > at and closing.kind != "revocation":
        return False
    people: set[int] = set().union(*identities(closing.people).values())
    for delivery_id in () if closing.kind == "named" else stoppable(people):
        _stop_if_refused(delivery_id, by, at)
    if closing.takedown:
        for delivery_id in sorted({*tried_on(closing.consents), *_not_rested_on(closing, people, at)}):
            _owe(delivery_id, closing, people, by, at)
    return closing.kind != "revocation" or take_effect(revocation_id=closing.id, by=by, at=at)


def _stop_if_refused(delivery_id: int, by: Actor, at: datetime) -> None:
    """S1: ask the gate about one delivery; what it refuses now would be refused at its time as well."""
    with recording(by=by, at=at):
        row = take(delivery_id)
        if row.state not in STOPPABLE:
            return
        version = version_of(row)
        instant = hold_people(version, at)
        decision = decide(version=version, stage="schedule", by=by, at=instant)
        if not decision.allowed:
            block(row, decision, at)


def _not_rested_on(closing: Closing, people: set[int], at: datetime) -> list[int]:
    """What is out and shows these people although no attempt of ours rested on them.

    Where only one of several permissions ended, or none was asked for, another one may cover it.
    """
    found, shown = found_with(people), shown_since(people)
    if closing.takedown not in (Takedown.Why.ENDED, Takedown.Why.MISSING):
        return [*found, *shown]
    if found and _something_stands(people, at):
        found = []
    rows = Delivery.objects.filter(pk__in=shown).select_related("account")
    return [
        *found,
        *(row.pk for row in rows if not_allowed(looks_sent(row, people), row.account.platform, at)),
    ]


def _something_stands(people: set[int], at: datetime) -> bool:
    """Whether any permission stands: what something found outside uses of these people is not known."""
    consents = set(Consent.objects.filter(person__in=people).values_list("pk", flat=True))
    return bool(consents_standing(consents, at))


def _owe(delivery_id: int, closing: Closing, people: set[int], by: Actor, at: datetime) -> None:
    """S2: the duty follows attempts ever made, not the state the delivery is in now (design 7.5)."""
    with recording(by=by, at=at):
        row = take(delivery_id)
        if touches(row, closing.part, people):
            owe_takedown(row, closing.takedown, at)
