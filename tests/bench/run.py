"""The rows of one engine, on a database made for them and removed afterwards."""

from django.test.utils import setup_databases, teardown_databases

from tests.bench.gate import bench_gate
from tests.bench.ledger import bench_ledger
from tests.bench.publishing import bench_publishing
from tests.bench.sealing import bench_sealing
from tests.cast import Cast


def print_rows(engine: str, people: int, rounds: int, entries: int) -> None:
    """Print the table: ours, the baseline, the ratio, the aim."""
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        cast = Cast()
        print(
            f"\n{engine}, {people:,} people, {rounds} rounds\n{'':<44} {'ours':>12} {'baseline':>12} {'ratio':>8}"
        )
        for row in bench_gate(cast, people, rounds):
            print(row, flush=True)
        for row in bench_publishing(cast, rounds):
            print(row, flush=True)
        for row in bench_sealing(rounds):
            print(row, flush=True)
        for row in bench_ledger(cast, entries):
            print(row, flush=True)
    finally:
        teardown_databases(databases, verbosity=0)
