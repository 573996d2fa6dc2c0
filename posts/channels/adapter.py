"""What every channel does (design 7). Adapters transform nothing, and none ever sees a Post."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from .models import ChannelAccount
from .rules import Capability, CommitAnswer, Handle, Parcel, PrepareAnswer, ProbeAnswer, Trace


@dataclass(frozen=True)
class Errand:
    """Whose account, at which instant, and how many seconds everything that is asked on it may take together."""

    account: ChannelAccount
    at: datetime
    whole: float
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """What is left: for the next of several calls, or after the process stood still."""
        return max(0.0, self.begun + self.whole - time.monotonic())


class Adapter(Protocol):
    """A network as the publishing protocol needs it. No call raises for what a network answers.

    A trace may lack its handle, since a worker may die before it learns it: everything is found by our key as well.
    """

    @property
    def capability(self) -> Capability:
        """What the channel can do."""

    def prepare(self, errand: Errand, parcel: Parcel) -> PrepareAnswer:
        """Upload, invisible to everyone. Repeating it under the same key replaces what was prepared."""

    def commit(self, errand: Errand, parcel: Parcel, handle: Handle) -> CommitAnswer:
        """Make it visible."""

    def probe(self, errand: Errand, trace: Trace) -> ProbeAnswer:
        """Is the post, or what was prepared for it, on the network?"""

    def delete(self, errand: Errand, trace: Trace) -> CommitAnswer:
        """Remove the post and what was prepared for it; `Done` also when it was not there."""

    def probe_media(self, errand: Errand, trace: Trace) -> ProbeAnswer:
        """Are the pictures still there, byte for byte?"""

    def delete_media(self, errand: Errand, trace: Trace) -> CommitAnswer:
        """Remove the pictures; `Done` also when they were not there."""
