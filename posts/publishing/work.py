"""One round of a worker: withdrawals first, then what ran out, takedowns, one delivery, mail, requests to remind of,
probes, a checkpoint.

Beside it, one round of sealing, which a slow network must not hold up: somebody waits at the counter for a copy; and
one look at a picture, which takes seconds of the machine.
An error of one item is written to the log and keeps nothing else waiting.
"""

import logging
from collections.abc import Callable
from functools import partial

from consent.audit.checkpoints import take_due_checkpoint
from consent.audit.rules import Actor
from consent.cards.actions import tend_gatherings
from consent.evidence.actions import renew_due
from consent.media.actions import look_at_one
from consent.outbox.actions import send_due_mail
from consent.signing.actions import complete_signatures, seal_attestations, tend_requests
from posts.screening.rules.screening import kinds_in

from .actions.deliver import Clock, Step, deliver_one, no_step
from .actions.reap import reap_one
from .actions.settle import probe_one
from .actions.sweep import sweep
from .actions.takedown import take_down_one
from .actions.tasks import close_by_hand
from .queries.due import finished_by_hand

log = logging.getLogger("postern.work")


def work_once(*, by: Actor, clock: Clock, step: Step = no_step) -> bool:
    """One round; whether there was anything to do. `clock` gives the instant, anew for each transaction."""
    rounds: tuple[Callable[[], bool], ...] = (
        lambda: sweep(by=by, at=clock(), isolate=isolated),
        lambda: reap_one(by=by, at=clock()),
        partial(take_down_one, by=by, clock=clock),
        lambda: _close_finished(by, clock),
        partial(deliver_one, by=by, clock=clock, step=step),
        lambda: send_due_mail(worker=by.id, at=clock()),
        lambda: tend_requests(by=by, at=clock()) > 0,
        lambda: tend_gatherings(by=by, at=clock()) > 0,
        partial(probe_one, by=by, clock=clock),
        lambda: take_due_checkpoint(at=clock()),
    )
    worked = [isolated(one) for one in rounds]
    return any(worked)


def seal_once(*, by: Actor, clock: Clock) -> bool:
    """One signature, then one signed policy without its document, then a seal to make last; whether there was any."""
    rounds: tuple[Callable[[], bool], ...] = (
        lambda: complete_signatures(by=by, at=clock(), limit=1) > 0,
        lambda: seal_attestations(by=by, at=clock(), limit=1) > 0,
        lambda: renew_due(by=by, at=clock()),
    )
    worked = [isolated(one) for one in rounds]
    return any(worked)


def look_once(*, by: Actor, clock: Clock) -> bool:
    """The detectors' look at one picture; whether there was any."""
    return isolated(lambda: look_at_one(by=by, clock=clock, screen=kinds_in))


def isolated(step: Callable[[], bool]) -> bool:
    """What `step` says; False, and the error in the log, if it fails."""
    try:
        return step()
    except Exception:
        log.exception("A step of the worker failed; its lease will run out and be ended")
    return False


def _close_finished(by: Actor, clock: Clock) -> bool:
    """Believe those who took something down by hand, once the quarantine is over."""
    task = finished_by_hand(clock()).first()
    if task is not None:
        close_by_hand(takedown=task, by=by, at=clock())
    return task is not None
