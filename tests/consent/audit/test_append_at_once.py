"""Two connections that append to one chain at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from consent.audit.ledger import record, recording
from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor, practice_chain
from consent.audit.verify import verify_chain
from tests.cast import NOW, make_practice

WRITERS, EACH = 2, 15


@pytest.mark.django_db(transaction=True)
class TestAppendingAtOnce:
    def append(self, practice, start, name):
        """Also the first entry of all, which begins the chain, is fought for."""
        start.wait(timeout=10)
        try:
            for _ in range(EACH):
                with recording(by=Actor("worker", name), at=NOW):
                    record("practice.changed", practice)
                    record("practice.changed", practice)
        finally:
            connection.close()

    def test_keeps_one_whole_chain(self):
        practice, start = make_practice("riverbend", "Riverbend"), Barrier(WRITERS)
        with ThreadPoolExecutor(WRITERS) as pool:
            for done in [pool.submit(self.append, practice, start, str(name)) for name in range(WRITERS)]:
                done.result(timeout=60)
        verdict = verify_chain(practice_chain(practice.pk))
        assert (verdict.broken, verdict.entries) == ("", WRITERS * EACH * 2)
        assert set(LedgerEntry.objects.values_list("actor", flat=True)) == {"worker:0", "worker:1"}

    def test_lines_of_one_transaction_stand_together(self):
        practice, start = make_practice("riverbend", "Riverbend"), Barrier(WRITERS)
        with ThreadPoolExecutor(WRITERS) as pool:
            for done in [pool.submit(self.append, practice, start, str(name)) for name in range(WRITERS)]:
                done.result(timeout=60)
        actors = list(LedgerEntry.objects.order_by("seq").values_list("actor", flat=True))
        assert actors[0::2] == actors[1::2]
