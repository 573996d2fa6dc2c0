"""`manage.py work`: a worker. As many as wanted, on as many machines as wanted."""

import os
import signal
import socket
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from consent.audit.rules import Actor
from posts.community.actions import tend_stories
from posts.portal.actions import send_asked_links
from posts.publishing.actions.deliver import Clock
from posts.publishing.work import isolated, look_once, seal_once, work_once

POLL_SECONDS = 1.0


class Command(BaseCommand):
    """Publishes what is due, stops what was withdrawn, takes down what is owed; ends politely on SIGTERM."""

    help = "Publish what is due, stop what was withdrawn, take down what is owed, send the mail."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        worker = Actor("worker", f"{socket.gethostname()[:40]}-{os.getpid()}")
        self.stdout.write(f"{worker} is at work.")
        beside = [
            threading.Thread(target=_beside, args=(partial(step, by=worker), stop), name=name)
            for name, step in (("sealing", seal_once), ("looking", look_once))
        ]
        for thread in beside:
            thread.start()
        try:
            _go_round(partial(_publish_and_answer, by=worker), stop)
        finally:
            stop.set()
            for thread in beside:
                thread.join()
        self.stdout.write(f"{worker} has stopped.")


def _publish_and_answer(*, by: Actor, clock: Clock) -> bool:
    """A round of publishing, of requests for stories, of links that people asked for; whether there was work."""
    worked = work_once(by=by, clock=clock)
    tended = isolated(lambda: tend_stories(by=by, at=clock()) > 0)
    return isolated(lambda: send_asked_links(by=by, at=clock())) or tended or worked


def _beside(work: Callable[..., bool], stop: threading.Event) -> None:
    """Rounds of slow work, on a connection of this thread's own."""
    try:
        _go_round(work, stop)
    finally:
        connection.close()


def _go_round(work: Callable[..., bool], stop: threading.Event) -> None:
    """Again and again until told to stop; at once while there is work, otherwise after a moment."""
    while not stop.is_set():
        if not work(clock=timezone.now):
            stop.wait(POLL_SECONDS)
        if connection.errors_occurred:
            # The database was away, or cut us off: the next round connects anew.
            connection.close()
