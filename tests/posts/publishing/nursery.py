"""A process that begets workers by fork, so that they can be killed often: ``python -m … <address of a network>``.

For each line it reads it forks a worker, writes its number, and reaps those that died. Leases and waits are shortened
to tenths of a second; what they promise one another stays the same (`sends_in_time`).
"""

import os
import sys
from collections.abc import Callable
from datetime import timedelta

import django

SHORT = {
    "CLAIM_LEASE": 1.5,
    "PREPARE_TIMEOUT": 0.6,
    "SEND_LEASE": 1.5,
    "START_WINDOW": 0.5,
    "SEND_TIMEOUT": 0.6,
    "QUARANTINE": 1.0,
    "PROBE_AGAIN": 0.2,
    "RETRY_AFTER": 0.1,
    "ERRAND_LEASE": 1.0,
    "ERRAND_TIMEOUT": 0.6,
}


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
    from tests.posts.channels.scripted import ScriptedChannel

    ADAPTERS["scripted"] = ScriptedChannel(address, most_seconds=0.6)
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
