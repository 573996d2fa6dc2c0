"""Fifty people at fifty tablets at once: each from the hand-over to the thank-you page, over HTTP, in a thread."""

import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import DatabaseError, connections
from django.test import Client
from django.utils import timezone

from consent.access.middleware import TABLET_COOKIE
from consent.audit.rules import Actor
from consent.signing.actions import HandOverRefused, hand_over
from consent.signing.models import Ceremony
from tests.bench.sealing import Elsewhere
from tests.cast import by, make_person
from tests.ceremonies import SCREENS, prepared, scribble, witnessed

T = TypeVar("T")
ADULT = date(1980, 1, 1)
WHOLE = "the whole ceremony"


@dataclass
class Taken:
    """What every thread measured: milliseconds by step, and what went wrong."""

    steps: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    def timed(self, step: str, work: Callable[[], T]) -> T:
        """What `work` gives, its time kept under `step`. Appending to a list is safe among threads."""
        begin = time.perf_counter()
        result = work()
        self.steps[step].append((time.perf_counter() - begin) * 1000)
        return result


@dataclass(frozen=True)
class Step:
    """One line of the report."""

    what: str
    median: float
    worst: float
    errors: int

    def __str__(self) -> str:
        return f"{self.what:<34} {self.median:>8.0f} ms median {self.worst:>8.0f} ms worst {self.errors:>4} errors"


def bench_ceremonies(count: int) -> Iterator[Step]:
    """`count` ceremonies in parallel: every step, then the whole. Each ends with a signature or counts as an error."""
    cast, now = Elsewhere(), timezone.now()
    ready = [
        witnessed(
            cast, prepared(cast, make_person(cast.practice, f"Pat{one}", "Many", ADULT), at=now), at=now
        )
        for one in range(count)
    ]
    taken, start = Taken(), threading.Barrier(count)
    threads = [
        threading.Thread(target=_at_a_tablet, args=(taken, start, ceremony, by(cast.finn)))
        for ceremony in ready
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    signed = Ceremony.objects.filter(pk__in=[one.pk for one in ready], state=Ceremony.State.SIGNED).count()
    errors = max(len(taken.errors), count - signed)
    for error in sorted(set(taken.errors))[:5]:
        print(f"  {error}")
    for step, times in taken.steps.items():
        yield Step(f"{count} at once, {step}", statistics.median(times), max(times), errors)


def _at_a_tablet(taken: Taken, start: threading.Barrier, ceremony: Ceremony, desk: Actor) -> None:
    """One ceremony, over a connection of its own."""
    try:
        start.wait(60)
        begin = time.perf_counter()
        _walk(taken, ceremony, desk)
        taken.steps[WHOLE].append((time.perf_counter() - begin) * 1000)
    except (AssertionError, DatabaseError, HandOverRefused) as error:
        taken.errors.append(f"{type(error).__name__}: {str(error)[:100]}")
    finally:
        connections.close_all()


def _walk(taken: Taken, ceremony: Ceremony, desk: Actor) -> None:
    token = taken.timed("hand over", lambda: hand_over(ceremony=ceremony, by=desk, at=timezone.now()))
    client = Client(headers={"User-Agent": "A tablet"}, SERVER_NAME="localhost")
    client.cookies[TABLET_COOKIE] = token
    for step, marked in SCREENS.items():
        if step != "assent":
            _sent(taken, step, client, "/tablet/answer/", {"step": step, **marked})
    drawn = {"method": "drawn", "drawing": scribble()}
    page = _sent(taken, "sign, and be thanked", client, "/tablet/sign/", drawn)
    if "Your copy is being made" not in page.content.decode():
        raise AssertionError("no thank-you page")


def _sent(taken: Taken, step: str, client: Client, address: str, sent: Mapping[str, Any]) -> Any:
    """A press of the button, and the page after it."""
    page = taken.timed(step, lambda: client.post(address, sent, follow=True))
    if page.status_code != 200:
        raise AssertionError(f"{step}: status {page.status_code}")
    return page
