"""Verifying the ledger, against bare hashing of the same bytes."""

import hashlib
from collections.abc import Iterator

from consent.audit.ledger import record, recording
from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM, practice_chain
from tests.bench.timing import Row, in_turn
from tests.cast import NOW, Cast


def bench_ledger(cast: Cast, entries: int) -> Iterator[Row]:
    """Verify a chain of `entries`; the note says how many a second."""
    from consent.audit.verify import verify_chain

    for _ in range(entries // 1000):
        with recording(by=SYSTEM, at=NOW):
            for _ in range(1000):
                record("practice.changed", cast.practice, fields=["name"])
    chain = practice_chain(cast.practice.pk)
    bodies = [bytes(body) for body in LedgerEntry.objects.filter(chain=chain).values_list("body", flat=True)]
    previous = bytes(32)

    def hash_bare() -> None:
        digest = previous
        for body in bodies:
            digest = hashlib.sha256(digest + body).digest()

    def verify() -> None:
        assert not verify_chain(chain).broken

    ours, bare = in_turn(verify, hash_bare, 5)
    rate = f"{len(bodies) / ours.median * 1000:,.0f} entries/s"
    yield Row(f"verify a ledger of {len(bodies):,}", ours, bare, ">= 100,000 entries/s on SQLite", rate)
