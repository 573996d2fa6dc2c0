"""Open and close channel accounts."""

from datetime import datetime

from django.db import IntegrityError, transaction

from consent.access.models import Location, Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from .models import ChannelAccount
from .registry import ADAPTERS
from .rules import WALL_PLATFORM


class ChannelThere(Exception):
    """The practice has this account already."""


class WrongPlatform(Exception):
    """The wall is a page of the website; nothing else can be one."""


class AlreadyClosed(Exception):
    """A closed channel cannot be closed again."""


def open_account(
    *,
    practice: Practice,
    platform: str,
    handle: str,
    audience: str,
    discloser: Location,
    adapter: str,
    by: Actor,
    at: datetime,
) -> ChannelAccount:
    """Add a channel to the practice (R4, R47). Raises `ChannelThere` or `WrongPlatform`."""
    if adapter not in ADAPTERS:
        raise ValueError(f"{adapter!r} is not an adapter")
    if adapter == "wall" and platform != WALL_PLATFORM:
        raise WrongPlatform("The practice wall is part of your website: choose “our website” for it.")
    with recording(by=by, at=at):
        try:
            with transaction.atomic():
                account = ChannelAccount.objects.create(
                    practice=practice,
                    platform=platform,
                    handle=handle.strip(),
                    audience=audience,
                    discloser=discloser,
                    adapter=adapter,
                    opened_by_id=int(by.id),
                    opened_at=at,
                )
        except IntegrityError as error:
            raise ChannelThere(f"{handle} is open already on this platform.") from error
        record("channel.opened", account, platform=platform, adapter=adapter)
    return account


def close_account(*, account: ChannelAccount, by: Actor, at: datetime) -> None:
    """Nothing goes out there any more; what is out can still be taken down. Raises `AlreadyClosed`."""
    with recording(by=by, at=at):
        row = ChannelAccount.objects.select_for_update(no_key=True, of=("self",)).get(pk=account.pk)
        if row.closed_at is not None:
            raise AlreadyClosed(f"{row} is closed already.")
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        record("channel.closed", row)
