"""A process that begets workers by fork, so that they can be killed often: ``python -m … <address of a network>``.

For each line it reads it forks a worker, writes its number, and reaps those that died. It never opens a database:
each worker does so after it was forked. Leases and waits are shortened to seconds; what they promise one another
stays the same (`sends_in_time`), and about as much of each lease is left over as with the real times.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import django

SHORT = {
    "CLAIM_LEASE": 3.0,
    "PREPARE_TIMEOUT": 1.2,
    "SEND_LEASE": 3.0,
    "START_WINDOW": 0.8,
    "SEND_TIMEOUT": 1.2,
    "QUARANTINE": 1.5,
    "PROBE_AGAIN": 0.2,
    "RETRY_AFTER": 0.1,
    "ERRAND_LEASE": 6.0,
    "ERRAND_TIMEOUT": 1.2,
}
LEASE = SHORT["SEND_LEASE"]


class Nursery:
    """Workers, always as many as in the beginning; whoever is killed is followed by another."""

    def __init__(self, env: dict[str, str], address: str, count: int, complaints: Path) -> None:
        with complaints.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.rehearsal.nursery", address],
                env=env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.orders, self.births = self.process.stdin, self.process.stdout
        self.workers = [self._beget() for _ in range(count)]

    def kill(self, worker: int) -> None:
        """No time to say goodbye; and another takes its place."""
        os.kill(worker, signal.SIGKILL)
        self.workers[self.workers.index(worker)] = self._beget()

    def freeze(self, worker: int) -> None:
        """It stops in the middle of whatever it does, without noticing."""
        os.kill(worker, signal.SIGSTOP)

    def thaw(self, worker: int) -> None:
        """It goes on where it was."""
        os.kill(worker, signal.SIGCONT)

    def close(self) -> None:
        """No worker is left."""
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.orders.close()
        self.process.wait(10)
        self.births.close()

    def _beget(self) -> int:
        self.orders.write("\n")
        self.orders.flush()
        return int(self.births.readline())


@contextmanager
def nursery(env: dict[str, str], address: str, count: int, complaints: Path) -> Iterator[Nursery]:
    """Workers for as long as the block lasts."""
    running = Nursery(env, address, count, complaints)
    try:
        yield running
    finally:
        running.close()


def shorten() -> None:
    """Before anything has taken the long times over."""
    from posts.publishing import rules

    for name, seconds in SHORT.items():
        setattr(rules, name, timedelta(seconds=seconds))
    rules.TAKEDOWN_WAITS = (timedelta(seconds=0.1), timedelta(seconds=0.3))
    rules.GIVE_TO_A_PERSON_AFTER = 1000
    assert rules.sends_in_time()


def main(address: str) -> None:
    """Fork a worker for each line."""
    django.setup()
    shorten()
    from posts.channels.registry import ADAPTERS
    from posts.publishing.work import work_once
    from tests.rehearsal.lossy import WitnessedChannel

    ADAPTERS["scripted"] = WitnessedChannel(address, most_seconds=SHORT["SEND_TIMEOUT"])
    # A network does not wait for those who speak to it: its process goes first.
    os.nice(3)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            work(work_once)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue


def work(one_round: Callable[..., bool]) -> None:
    """The loop of a worker, without its second of rest. It ends only by being killed."""
    import time

    from django.utils import timezone

    from consent.audit.rules import Actor

    worker = Actor("worker", str(os.getpid()))
    while os.getppid() != 1:
        if not one_round(by=worker, clock=timezone.now):
            time.sleep(0.02)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
