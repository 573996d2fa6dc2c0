"""`manage.py work`: a worker. As many as wanted, on as many machines as wanted."""

import os
import signal
import socket
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from consent.audit.rules import Actor
from posts.portal.actions import send_asked_links
from posts.publishing.work import isolated, work_once

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
        while not stop.is_set():
            worked = work_once(by=worker, clock=timezone.now)
            if not isolated(lambda: send_asked_links(by=worker, at=timezone.now())) and not worked:
                stop.wait(POLL_SECONDS)
            if connection.errors_occurred:
                # The database was away, or cut us off: the next round connects anew.
                connection.close()
        self.stdout.write(f"{worker} has stopped.")
