"""Which adapter serves which account. A new channel is one file in this room and one line here."""

from .adapter import Adapter
from .by_hand import ByHand
from .models import ChannelAccount
from .rules import Capability
from .wall import Wall

ADAPTERS: dict[str, Adapter] = {"wall": Wall(), "by_hand": ByHand()}


class NoAdapter(Exception):
    """The account names a way of publishing that this installation does not have."""


def adapter_of(account: ChannelAccount) -> Adapter:
    """The adapter of the account. Raises `NoAdapter`."""
    try:
        return ADAPTERS[account.adapter]
    except KeyError as error:
        raise NoAdapter(f"{account} is published by {account.adapter!r}, which is not installed.") from error


def capability_of(account: ChannelAccount) -> Capability:
    """What the account's channel can do; nothing at all if its adapter is not installed."""
    return capability_named(account.adapter)


def capability_named(adapter_name: str) -> Capability:
    """What channels served by this adapter can do."""
    adapter = ADAPTERS.get(adapter_name)
    return adapter.capability if adapter else Capability()
