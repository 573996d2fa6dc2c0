"""What the workers do beside a journey: rounds until there is nothing left, of publishing and of sealing."""

from collections.abc import Callable

from django.utils import timezone

from consent.audit.rules import Actor
from posts.community.actions import tend_stories
from posts.publishing.work import look_once, seal_once, work_once

WORKER = Actor("worker", "journey")
MOST_ROUNDS = 50


def work() -> None:
    """A worker does all there is to do."""
    _rest(lambda: work_once(by=WORKER, clock=timezone.now))


def look_at_pictures() -> None:
    """The detectors look at every picture that waits; where they are not installed it is left to a person."""
    _rest(lambda: look_once(by=WORKER, clock=timezone.now))


def seal() -> None:
    """The worker beside it makes and seals the documents of all that was signed."""
    _rest(lambda: seal_once(by=WORKER, clock=timezone.now))


def tend() -> None:
    """What stories wait for is done: links, reminders, lapses."""
    _rest(lambda: tend_stories(by=WORKER, at=timezone.now()) > 0)


def _rest(one_round: Callable[[], bool]) -> None:
    for _ in range(MOST_ROUNDS):
        if not one_round():
            return
    raise AssertionError("The worker never rests.")
