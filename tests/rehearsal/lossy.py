"""What the lossy network does, and the adapter that talks to it.

The scripted network of the tests with weather: commits, uploads, probes and deletions all have bad days. It writes
down when each request reached it and which consents that request said it rests on, so that what left the workers is
judged by what arrived and not by what their database says.
"""

import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from posts.channels.adapter import Errand
from posts.channels.rules import CommitAnswer, Handle, Parcel, PrepareAnswer, Refused, Unknown
from posts.channels.transport import Answer
from tests.posts.channels.scripted import Handler, Network, ScriptedChannel, listening

LATENESS = 0.05, 0.7
SLOWNESS = 0.05, 0.4
DAYS = 50_000
COMMITS = {
    "": 60,
    "lost_answer": 8,
    "error_after": 8,
    "late": 7,
    "dropped": 4,
    "reset": 3,
    "drip": 3,
    "refuse": 2,
    "busy": 3,
    "unreadable": 1,
    "large": 1,
}
OTHERS = {"": 84, "slow": 8, "error_before": 2, "error_after": 3, "cut": 3}


@dataclass
class Lossy(Network):
    """`troubles` are the faults of everything but commits."""

    troubles: list[str] = field(default_factory=list)
    arrivals: list[tuple[str, str, float, Any]] = field(default_factory=list)
    effects: Counter[str] = field(default_factory=Counter)
    vanished: dict[str, float] = field(default_factory=dict)
    chance: random.Random = field(default_factory=random.Random)

    def apply(self, post: dict[str, Any]) -> dict[str, Any]:
        self.effects[post["key"]] += 1
        return super().apply(post)

    def holds(self, key: str) -> bool:
        """Whether anything lies under the key."""
        with self.lock:
            shown = any(post["key"] == key for post in self.posts)
            return shown or key in self.drafts or any(name.startswith(key) for name in self.media)

    def told(self) -> dict[str, Any]:
        """Everything it knows."""
        with self.lock:
            return {
                "posts": [post["key"] for post in self.posts],
                "drafts": list(self.drafts),
                "media": [name.partition(".")[0] for name in self.media],
                "waiting": len(self.pending),
                "effects": self.effects,
                "most_at_once": self.most_at_once,
                "vanished": self.vanished,
                "arrivals": list(self.arrivals),
            }


class LossyHandler(Handler):
    held: Lossy
    trouble = ""

    def turn(self, method: str, answer: Callable[[], None]) -> None:
        """Write down what arrives before anything else is done with it."""
        arrived = time.time()
        if urlsplit(self.path).path == "/state":
            return self._answer(200, self.held.told())
        kind, key = self._place()
        if method == "POST":
            rests_on = json.loads(self.headers.get("Rests-On", "{}"))
            self.held.arrivals.append((kind, key.partition(".")[0], arrived, rests_on))
        there = method == "DELETE" and self.held.holds(key)
        if method == "POST" and kind == "posts":
            answer()
        else:
            self._troubled(answer)
        if there and not self.held.holds(key):
            self.held.vanished[key] = time.time()
        return None

    def _troubled(self, answer: Callable[[], None]) -> None:
        """Not only commits have bad days."""
        self.trouble = self.held.troubles.pop() if self.held.troubles else ""
        if self.trouble == "slow":
            time.sleep(self.held.chance.uniform(*SLOWNESS))
        if self.trouble == "error_before":
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._raw(500, b"{}")
        else:
            answer()

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        trouble, self.trouble = self.trouble, ""
        if trouble == "cut":
            self._tear()
        else:
            super()._answer(500 if trouble == "error_after" else status, content)


class WitnessedChannel(ScriptedChannel):
    """The adapter. Each request says which consents it rests on, and for what."""

    rests_on: Mapping[int, Mapping[str, Any]] = {}

    def prepare(self, errand: Errand, parcel: Parcel) -> PrepareAnswer:
        self.rests_on = parcel.uses
        return super().prepare(errand, parcel)

    def commit(self, errand: Errand, parcel: Parcel, handle: Handle) -> CommitAnswer:
        self.rests_on = parcel.uses
        return super().commit(errand, parcel, handle)

    def ask(self, method: str, url: str, *, seconds: float, **content: Any) -> Answer | Refused | Unknown:
        headers = {"Rests-On": json.dumps(dict(self.rests_on))}
        return super().ask(method, url, seconds=seconds, headers=headers, **content)


def serve(seed: str) -> None:
    """Print the address, and answer until the input is closed."""
    chance = random.Random(f"{seed} network")
    network = Lossy(faults=_days(chance, COMMITS), troubles=_days(chance, OTHERS), chance=chance)
    done = threading.Event()
    late = threading.Thread(target=_catch_up, args=(network, done, random.Random(f"{seed} late")))
    with listening(network, LossyHandler):
        late.start()
        sys.stdout.write(f"{network.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
        done.set()
        late.join()


def _days(chance: random.Random, weights: dict[str, int]) -> list[str]:
    """How it will behave, request by request."""
    return chance.choices(list(weights), list(weights.values()), k=DAYS)


def _catch_up(network: Network, done: threading.Event, chance: random.Random) -> None:
    """What the network does late, it does within the quarantine."""
    while not done.wait(chance.uniform(*LATENESS)):
        network.catch_up()
