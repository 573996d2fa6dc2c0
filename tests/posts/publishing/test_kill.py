"""Workers killed in a loop, a network on a bad day, and a withdrawal in the middle of it."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from consent.audit.models import LedgerEntry
from consent.records.actions import revoke
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery, RevocationEffect, Takedown
from tests.cast import by
from tests.consents import signed_consent
from tests.posts.outgoing import approved, given_account, given_version

pytestmark = pytest.mark.django_db(transaction=True)
POSTS, KILLS, WITHDRAWN_AFTER, SENT = 8, 24, 14, 2
BAD_DAYS = ["", "", "lost_answer", "error_after", "late"]


class Nursery:
    """Two workers at any time, until they are killed."""

    def __init__(self, env, address):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.posts.publishing.nursery", address],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.orders, self.births = self.process.stdin, self.process.stdout
        self.workers = [self.beget(), self.beget()]

    def beget(self):
        self.orders.write("\n")
        self.orders.flush()
        return int(self.births.readline())

    def kill_one(self, chance):
        number = chance.randrange(2)
        os.kill(self.workers[number], signal.SIGKILL)
        self.workers[number] = self.beget()

    def close(self):
        for worker in self.workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.orders.close()
        self.process.wait(10)
        self.births.close()


@contextlib.contextmanager
def catching_up(network):
    """What the network does late, it does within the quarantine."""
    done = threading.Event()

    def go_on():
        while not done.wait(0.2):
            network.catch_up()

    thread = threading.Thread(target=go_on)
    thread.start()
    yield
    done.set()
    thread.join()


def scheduled_posts(cast):
    account = given_account(cast, "scripted")
    for number in range(POSTS):
        at = timezone.now()
        version = given_version(cast, account, cast.ana, caption=f"Post {number}", picture=True)
        approved(cast, version, at=at - timedelta(hours=1))
        schedule(version=version, due_at=at + timedelta(seconds=0.25 * number), by=by(cast.dan), at=at)


def kill_some(nursery, chance, kills, until=lambda: True):
    """So many kills, and more, further and further apart, until something has happened."""
    number = 0
    while number < kills or not until():
        assert number < 10 * kills, "The workers never got anywhere."
        time.sleep(chance.uniform(0.05, 0.3 + max(0, number - kills) * 0.1))
        nursery.kill_one(chance)
        number += 1


def wait_for(finished, seconds=120):
    deadline = time.monotonic() + seconds
    while not finished() and time.monotonic() < deadline:
        time.sleep(0.05)
    return finished()


def all_gone(network):
    busy = Delivery.objects.filter(state__in=["scheduled", "claimed", "sending", "unknown"])
    owed = Takedown.objects.exclude(state="closed")
    return RevocationEffect.objects.exists() and not busy.exists() and not owed.exists()


class TestKilledWorkers:
    def test_leave_no_double_no_intent_after_receipt_and_nothing_visible(
        self, cast, channel, network, process_env
    ):
        chance = random.Random(os.environ.get("POSTERN_TEST_SEED", "postern"))
        network.faults = [chance.choice(BAD_DAYS) for _ in range(200)]
        consent = signed_consent(cast, cast.ana)
        scheduled_posts(cast)
        nursery = Nursery(process_env, network.url)
        try:
            with catching_up(network):
                kill_some(nursery, chance, WITHDRAWN_AFTER, until=lambda: len(network.commits) >= SENT)
                revoke(consent=consent, how="desk", by=by(cast.finn), at=timezone.now())
                kill_some(nursery, chance, KILLS - WITHDRAWN_AFTER)
                assert wait_for(lambda: all_gone(network))
        finally:
            nursery.close()
        assert len(network.commits) >= SENT
        assert max(network.most_at_once.values(), default=0) <= 1
        assert (network.visible, network.media, network.drafts) == ([], {}, {})
        lines = list(LedgerEntry.objects.order_by("seq").values_list("event", flat=True))
        after = lines[lines.index("consent.revoked") :]
        assert "delivery.intended" not in after
        assert "delivery.preparing" not in after
        in_effect = RevocationEffect.objects.get().effective_at.timestamp()
        assert all(moment <= in_effect for _, moment in network.commits + network.uploads)
