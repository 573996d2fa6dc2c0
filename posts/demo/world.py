"""The demo's stage: its clock, which only goes forward, and whoever and whatever has entered so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from consent.access.models import Location, Practice, User
from consent.audit.rules import Actor
from consent.people.models import Person, Representation
from posts.channels.models import ChannelAccount
from posts.publishing.work import work_once

ZONE = "America/New_York"
WORKER = Actor("worker", "demo")
MOST_ROUNDS = 200


class NotForward(Exception):
    """The demo's story went back in time, and so would its ledger."""


@dataclass
class World:
    """Everything so far. `now` is the real instant; `at` is where the story is."""

    now: datetime
    at: datetime
    staff: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    authorities: dict[str, Representation] = field(default_factory=dict)
    channels: dict[str, ChannelAccount] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)
    location: Location | None = None

    @property
    def practice(self) -> Practice:
        """The demo practice."""
        return self.place.practice

    @property
    def place(self) -> Location:
        """Its one location."""
        assert self.location is not None
        return self.location

    def by(self, name: str) -> Actor:
        """A member of staff as an actor."""
        return Actor("user", str(self.staff[name].pk))

    def days_ago(self, days: int, clock: str) -> None:
        """Go on to that time of a day at least two days ago, by the practice's clock."""
        zone = ZoneInfo(ZONE)
        day = (self.now.astimezone(zone) - timedelta(days=days)).date()
        self._go(datetime.combine(day, time.fromisoformat(clock), zone))

    def minutes_ago(self, minutes: int) -> None:
        """Go on to so many minutes before the real now: at most a day."""
        self._go(self.now - timedelta(minutes=minutes))

    def wait(self, minutes: float = 1) -> datetime:
        """Let a little time pass; answers where the story is then."""
        self._go(self.at + timedelta(minutes=minutes))
        return self.at

    def work(self) -> None:
        """A worker does all there is to do now."""
        for _ in range(MOST_ROUNDS):
            if not work_once(by=WORKER, clock=lambda: self.at):
                return

    def work_after(self, waits: Iterable[float]) -> None:
        """A worker looks again after each of these minutes."""
        for minutes in waits:
            self.wait(minutes)
            self.work()

    def _go(self, moment: datetime) -> None:
        if moment < self.at:
            raise NotForward(f"The story is at {self.at}; {moment} lies before it.")
        self.at = moment
