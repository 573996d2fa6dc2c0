"""Two workers, one message."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from consent.outbox.actions import send_due_mail
from tests.cast import NOW


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def work(self, start, name):
        start.wait(timeout=10)
        try:
            sent = 0
            while send_due_mail(worker=name, at=NOW):
                sent += 1
            return sent
        finally:
            connection.close()

    def test_send_each_message_once(self, enqueue, postmaster):
        for number in range(8):
            enqueue(recipient=f"{number}@example.org")
        start = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            shares = [pool.submit(self.work, start, name) for name in ("one", "two")]
            assert sum(share.result(timeout=60) for share in shares) == 8
        assert sorted(postmaster.recipients) == [f"{number}@example.org" for number in range(8)]
