"""Pause and resume publishing. Withdrawals and takedowns go on meanwhile (design 7.11)."""

from datetime import datetime

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.channels.models import ChannelAccount
from posts.publishing.models import Pause


class AlreadyPaused(Exception):
    """It is paused already."""


class AlreadyResumed(Exception):
    """Someone has resumed it already."""


def pause(
    *, practice: Practice | None, account: ChannelAccount | None = None, why: str, by: Actor, at: datetime
) -> Pause:
    """Let nothing go out from the installation (no practice), a practice, or one account. Raises `AlreadyPaused`."""
    with recording(by=by, at=at):
        if Pause.objects.filter(practice=practice, account=account, resumed_at=None).exists():
            raise AlreadyPaused("Publishing is paused already.")
        row = Pause.objects.create(
            practice=practice, account=account, why=why, paused_by=str(by), paused_at=at
        )
        record("publishing.paused", row, pause=row.pk, account=account.pk if account else None)
    return row


def resume(*, pause: Pause, by: Actor, at: datetime) -> None:
    """Let it go on. What became too late meanwhile goes back to its author. Raises `AlreadyResumed`."""
    with recording(by=by, at=at):
        row = Pause.objects.select_for_update(no_key=True, of=("self",)).get(pk=pause.pk)
        if row.resumed_at is not None:
            raise AlreadyResumed("Publishing goes on already.")
        row.resumed_by, row.resumed_at = str(by), at
        row.save(update_fields=["resumed_by", "resumed_at"])
        record("publishing.resumed", row, pause=row.pk)
