"""Who kills, freezes and withdraws, at the worst moment that can be found in the database."""

import random
import threading
import time

from consent.records.models import Revocation
from posts.publishing.models import Delivery, RevocationEffect, Takedown
from tests.rehearsal.acts import Target, lift_due, strike, targets
from tests.rehearsal.count import UNFINISHED
from tests.rehearsal.nursery import LEASE, Nursery
from tests.rehearsal.plan import Log, Plan
from tests.rehearsal.practice import Practice

PAUSE = 0.02, 0.2
LOOK_SECONDS, STUCK_SECONDS, CROWD = 0.3, 60, 20
FROZEN = LEASE * 1.2, LEASE * 2
LEAST_OUT, LONGER = 2, 0.1
UNDER_WAY = ("claimed", "sending")


class OutOfTime(Exception):
    """It took longer than it may."""


class Conductor:
    """`chance` decides everything that is decided here."""

    def __init__(self, plan: Plan, practice: Practice, nursery: Nursery, log: Log) -> None:
        self.plan, self.practice, self.nursery, self.log = plan, practice, nursery, log
        self.chance = random.Random(f"{plan.seed} conductor")
        self._told = 0.0

    def murder(self) -> None:
        """Kill until enough were killed and something was published for all that; people withdraw meanwhile."""
        while self.log.kills < self.plan.kills or not self._got_somewhere():
            self._go_on()
            self._let_them_work()
            self._kill_one()
            if self.chance.random() < self.plan.acts:
                self._strike(targets(self.practice))

    def freeze(self) -> None:
        """Freeze workers in the middle of a delivery for longer than its lease, while its people withdraw."""
        self.log.frozen_from = time.time()
        while self.log.stops < self.plan.stops:
            self._go_on()
            time.sleep(self.chance.uniform(*PAUSE))
            target = self._await_target()
            worker = self._owners().get(target.owner) if target else None
            if target is None or worker is None:
                continue
            self.nursery.freeze(worker)
            # A frozen transaction may hold what the withdrawal waits for, so something else has to thaw it.
            thaw = threading.Timer(self.chance.uniform(*FROZEN), self.nursery.thaw, [worker])
            thaw.start()
            self.log.stops += 1
            self._strike([target])
            thaw.join()

    def drain(self) -> None:
        """Nobody is killed any more: wait as long as anything still comes to its end."""
        least, since = under_way(), time.monotonic()
        while (left := under_way()) or self.practice.held:
            if left < least:
                least, since = left, time.monotonic()
            if time.monotonic() - since > STUCK_SECONDS:
                self.log.say(f"Nothing has come to its end for {STUCK_SECONDS} seconds.")
                return
            lift_due(self.practice)
            self._tell()
            time.sleep(0.1)

    def _go_on(self) -> None:
        if self.log.elapsed > self.plan.seconds:
            raise OutOfTime(f"not done after {self.plan.seconds:.0f} seconds")
        lift_due(self.practice)
        self.practice.populate(self.plan.people)
        self.practice.fill_queue(self.plan.queue)
        self._tell()

    def _let_them_work(self) -> None:
        """Longer, the more is under way: on a slow machine they would be killed before they got anywhere."""
        more = max(0, self.log.kills - self.plan.kills)
        time.sleep(self.chance.uniform(*PAUSE) * (1 + under_way() / CROWD) + more * LONGER)

    def _got_somewhere(self) -> bool:
        out = Delivery.objects.exclude(published_at=None).count()
        return out >= LEAST_OUT and self.log.acts.total() > 0

    def _kill_one(self) -> None:
        """Half of them in the middle of something."""
        busy = sorted(set(self._owners().values()) & set(self.nursery.workers))
        aimed = bool(busy) and self.chance.random() < 0.5
        self.nursery.kill(self.chance.choice(busy if aimed else self.nursery.workers))
        self.log.kills += 1
        self.log.kills_aimed += aimed

    def _strike(self, found: list[Target]) -> None:
        """At somebody in flight, if there is anybody."""
        if not found:
            target = self._await_target()
            found = [target] if target else []
        if found:
            subject = self.chance.choice(found).subject
            name = strike(self.practice, subject, self.chance, first=not self.log.acts.total())
            self.log.acts[name] += bool(name)

    def _await_target(self) -> Target | None:
        deadline = time.monotonic() + LOOK_SECONDS
        while time.monotonic() < deadline:
            found = targets(self.practice)
            if found:
                return self.chance.choice(found)
            time.sleep(0.005)
        return None

    def _owners(self) -> dict[str, int]:
        """Those workers who hold a delivery or a takedown now."""
        rows = Delivery.objects.filter(state__in=UNDER_WAY).values_list("owner", flat=True)
        leased = Takedown.objects.exclude(lease_until=None).values_list("owner", flat=True)
        names = {f"worker:{worker}": worker for worker in self.nursery.workers}
        return {name: names[name] for name in {*rows, *leased} if name in names}

    def _tell(self) -> None:
        if self.log.elapsed - self._told < self.plan.progress:
            return
        self._told = self.log.elapsed
        out = Delivery.objects.filter(state=Delivery.State.PUBLISHED).count()
        self.log.say(
            f"{self.log.elapsed:5.0f} s  {self.log.kills:>5} killed  {self.log.stops:>3} frozen"
            f"  {self.practice.scheduled:>5} posts  {out:>5} out  {self.log.acts.total():>4} closings"
            f"  {under_way():>4} under way"
        )


def under_way() -> int:
    """How much has not come to its end."""
    deliveries = Delivery.objects.filter(state__in=UNFINISHED).count()
    takedowns = Takedown.objects.exclude(state=Takedown.State.CLOSED).count()
    return deliveries + takedowns + Revocation.objects.count() - RevocationEffect.objects.count()
