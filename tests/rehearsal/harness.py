"""The rehearsal itself, on a database that is there already: network, workers, conductor, and the count."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from posts.channels.registry import ADAPTERS
from tests.rehearsal.conductor import Conductor, OutOfTime
from tests.rehearsal.count import Audit, Count
from tests.rehearsal.figures import figures
from tests.rehearsal.lossy import WitnessedChannel
from tests.rehearsal.network import lossy_network
from tests.rehearsal.nursery import nursery
from tests.rehearsal.plan import Log, Plan, Say
from tests.rehearsal.practice import Practice
from tests.rehearsal.story import Story


@dataclass(frozen=True)
class Findings:
    """What came of it: promises, what frozen workers did, figures."""

    promises: list[Count]
    frozen: list[Count]
    figures: list[str]
    log: Log
    audit: Audit

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        return [str(count) for count in self.promises if count.found]


def rehearse(plan: Plan, env: dict[str, str], say: Say) -> Findings:
    """Kill, freeze and withdraw; wait until everything is quiet; count. `env` is that of processes on the database."""
    practice, log = Practice(Random(f"{plan.seed} practice")), Log(say)
    with (
        tempfile.TemporaryDirectory(prefix="postern-rehearsal-") as folder,
        lossy_network(env, plan.seed) as network,
        _registered(network.url),
    ):
        complaints = Path(folder) / "workers.log"
        practice.populate(plan.people)
        with nursery(env, network.url, plan.workers, complaints) as workers:
            conductor = Conductor(plan, practice, workers, log)
            try:
                conductor.murder()
                conductor.drain()
                conductor.freeze()
            except OutOfTime as error:
                log.late.append(str(error))
            conductor.drain()
        audit = Audit(Story(practice.cast.practice), network.state(), log)
        told = figures(audit, practice.scheduled, complaints)
        return Findings(audit.must_be_zero(), audit.frozen() if log.stops else [], told, log, audit)


@contextmanager
def _registered(address: str) -> Iterator[None]:
    """The gate asks here as well what the channel can do."""
    ADAPTERS["scripted"] = WitnessedChannel(address)
    try:
        yield
    finally:
        del ADAPTERS["scripted"]
