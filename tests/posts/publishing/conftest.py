"""A worker's shift with a clock of its own, and a network with faults to publish on."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from consent.audit.rules import Actor
from posts.channels.registry import ADAPTERS
from posts.publishing import work
from posts.publishing.actions import schedule
from posts.publishing.actions.deliver import deliver_one, no_step
from posts.publishing.actions.sweep import plainly
from posts.publishing.models import Delivery
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.posts.channels.scripted import Network, ScriptedChannel, scripted_network
from tests.posts.outgoing import CAPTION, approved, given_account, given_version

WORKER = Actor("worker", "one")
DUE = NOW + timedelta(minutes=5)


class Shift:
    """Time passes only when the test says so."""

    def __init__(self) -> None:
        self.now = NOW

    def clock(self) -> datetime:
        return self.now

    def pass_time(self, **span: float) -> None:
        self.now += timedelta(**span)

    def until(self, moment: datetime) -> None:
        self.now = moment

    def deliver(self, step: Any = no_step, worker: Actor = WORKER, **options: Any) -> bool:
        return deliver_one(by=worker, clock=self.clock, step=step, **options)

    def work(self, most: int = 20) -> int:
        """Rounds until nothing is left to do at this instant; how many there were."""
        for number in range(most):
            if not work.work_once(by=WORKER, clock=self.clock):
                return number
        raise AssertionError("The worker never rests.")


@pytest.fixture(autouse=True)
def _errors_come_through(monkeypatch):
    monkeypatch.setattr(work, "isolated", plainly)


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def shift():
    return Shift()


@pytest.fixture
def network():
    with scripted_network() as running:
        yield running


@pytest.fixture
def channel(network, monkeypatch):
    """The scripted network's adapter: it prepares, deletes and can be probed, and doubles what it is told twice."""
    adapter = ScriptedChannel(network.url, most_seconds=0.5)
    monkeypatch.setitem(ADAPTERS, "scripted", adapter)
    return adapter


class Story:
    """Ana's consent and a post about her, approved and scheduled."""

    def __init__(self, cast: Cast, adapter: str = "scripted", picture: bool = True, **consent: Any) -> None:
        self.cast = cast
        self.consent = signed_consent(cast, cast.ana, **consent)
        self.account = given_account(cast, adapter)
        self.version = approved(cast, given_version(cast, self.account, cast.ana, picture=picture))
        self._delivery = schedule(version=self.version, due_at=DUE, by=by(cast.dan), at=NOW)

    @property
    def delivery(self) -> Delivery:
        """The row as it is now."""
        return Delivery.objects.get(pk=self._delivery.pk)

    @property
    def state(self) -> str:
        return self.delivery.state


@pytest.fixture
def story(cast, channel):
    return Story(cast)


__all__ = ["CAPTION", "DUE", "WORKER", "Network", "Shift", "Story"]
