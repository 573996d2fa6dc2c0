"""One delivery from claim to outcome. The network is spoken to between the transactions, never inside one."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from consent.audit.rules import Actor
from consent.files.store import FileAltered, FileMissing
from posts.channels.adapter import Errand
from posts.channels.registry import adapter_of
from posts.channels.rules import CommitAnswer, Handle, PrepareAnswer, Prepared, Refused, Unknown
from posts.content.queries import payload_of
from posts.publishing.models import Attempt, Delivery
from posts.publishing.queries.parcels import NotTheApprovedFile, parcel_of
from posts.publishing.rules import PREPARE_TIMEOUT, SEND_TIMEOUT, START_WINDOW

from .claim import claim
from .intent import Intent, intend
from .locks import version_of
from .outcome import keep_outcome, keep_unprepared

Clock = Callable[[], datetime]
Step = Callable[[str], None]


def no_step(name: str) -> None:
    """Nothing happens between the steps, unless a test wants it to."""


def deliver_one(
    *,
    by: Actor,
    clock: Clock,
    step: Step = no_step,
    monotonic: Callable[[], float] = time.monotonic,
) -> bool:
    """Take one due delivery as far as it goes; False when none is due.

    `clock` is read anew for each transaction: minutes may lie between them. `monotonic` counts seconds.
    """
    begun = monotonic()
    delivery = claim(by=by, at=clock())
    if delivery is None:
        return False
    step("claimed")
    if delivery.state != Delivery.State.CLAIMED:
        return True
    attempt = delivery.attempts.filter(fence=delivery.fence).first()
    handle: Handle | None = None
    if attempt is not None:
        prepared = _prepare(delivery, attempt, clock(), _in_time(monotonic, begun))
        step("prepared")
        if not isinstance(prepared, Prepared):
            keep_unprepared(delivery=delivery, answer=prepared, by=by, at=clock())
            return True
        handle = prepared.handle
    begun = monotonic()
    intent = intend(delivery=delivery, handle=handle, by=by, at=clock())
    step("intended")
    if intent is not None:
        answer = _commit(delivery, intent, clock(), _in_time(monotonic, begun))
        step("sent")
        keep_outcome(attempt=intent.attempt, answer=answer, by=by, at=clock())
        step("kept")
    return True


def _in_time(monotonic: Callable[[], float], begun: float) -> Callable[[], bool]:
    """Whether the transaction was moments ago, to be asked last of all before a byte leaves."""
    return lambda: monotonic() - begun <= _seconds(START_WINDOW)


def _prepare(
    delivery: Delivery, attempt: Attempt, at: datetime, in_time: Callable[[], bool]
) -> PrepareAnswer:
    """Upload what T1 decided about, if T1 was moments ago and the post is still that."""
    payload = payload_of(version_of(delivery))
    if payload.digest != attempt.digest:
        return Unknown("It was changed while it was being prepared; nothing was sent.")
    parcel = parcel_of(payload, attempt.remote_key, attempt.rests_on)
    errand = Errand(delivery.account, at, _seconds(PREPARE_TIMEOUT))
    # The errand's time runs already: wherever the process stands still from here on, it is late.
    if not in_time():
        return Unknown("The moment to prepare had passed; nothing was sent.")
    try:
        return adapter_of(delivery.account).prepare(errand, parcel)
    except (FileMissing, FileAltered, NotTheApprovedFile) as error:
        return Refused(str(error), permanent=True)


def _commit(delivery: Delivery, intent: Intent, at: datetime, in_time: Callable[[], bool]) -> CommitAnswer:
    """Send, if T2 was moments ago: the lease must outlive everything that can still leave (design 7.3)."""
    errand = Errand(delivery.account, at, _seconds(SEND_TIMEOUT))
    if not in_time():
        return Refused("The moment to send had passed; nothing was sent.", permanent=False)
    try:
        return adapter_of(delivery.account).commit(errand, intent.parcel, intent.attempt.prepared)
    except (FileMissing, FileAltered, NotTheApprovedFile) as error:
        # A channel that does not prepare reads the pictures now, perhaps after the first was sent.
        return Unknown(str(error))


def _seconds(span: timedelta) -> float:
    return span.total_seconds()
