"""The lossy network as a process of its own: ``python -m tests.rehearsal.network SEED`` prints its address.

It ends when its input is closed. `LossyNetwork` is that process as the rehearsal sees it.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import urlopen

import django


@dataclass(frozen=True)
class Arrival:
    """A request that discloses something: ``media``, ``drafts`` or ``posts``, our key, when, and what it rests on.

    `rests_on` is what the request itself said: each consent, with the elements and assets used of its person.
    """

    kind: str
    key: str
    at: float
    rests_on: dict[int, dict[str, list[str]]]


@dataclass(frozen=True)
class State:
    """What the network holds: keys, how often a commit of each took effect, and when one was last emptied."""

    posts: Counter[str]
    drafts: set[str]
    media: set[str]
    waiting: int
    effects: Counter[str]
    most_at_once: dict[str, int]
    vanished: dict[str, float]
    arrivals: list[Arrival]

    @property
    def holding(self) -> set[str]:
        """Every key of which a post, a draft or a picture lies there."""
        return {*self.posts, *self.drafts, *self.media}

    @property
    def commits(self) -> int:
        """How many requests to show something arrived."""
        return sum(arrival.kind == "posts" for arrival in self.arrivals)


class LossyNetwork:
    """The process, from outside."""

    def __init__(self, env: dict[str, str], seed: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.rehearsal.network", seed],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        assert self.url, "The network did not start."

    def state(self) -> State:
        """What it holds now."""
        with urlopen(f"{self.url}/state", timeout=60) as answer:
            told = json.load(answer)
        return State(
            posts=Counter(told["posts"]),
            drafts=set(told["drafts"]),
            media=set(told["media"]),
            waiting=told["waiting"],
            effects=Counter(told["effects"]),
            most_at_once=told["most_at_once"],
            vanished=told["vanished"],
            arrivals=[
                Arrival(kind, key, at, {int(consent): used for consent, used in rests_on.items()})
                for kind, key, at, rests_on in told["arrivals"]
            ],
        )

    def close(self) -> None:
        """End it, and wait for it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@contextmanager
def lossy_network(env: dict[str, str], seed: str) -> Iterator[LossyNetwork]:
    """A network for as long as the block lasts."""
    running = LossyNetwork(env, seed)
    try:
        yield running
    finally:
        running.close()


if __name__ == "__main__":
    django.setup()
    from tests.rehearsal.lossy import serve

    serve(sys.argv[1])
