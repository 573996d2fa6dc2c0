"""The rows of one engine, on a database made for them and removed afterwards."""

import time
from collections.abc import Callable, Iterable, Mapping

from django.test.utils import setup_databases, teardown_databases

from tests.bench.ceremonies import Step, bench_ceremonies
from tests.bench.counter import Part, bench_counter
from tests.bench.gate import bench_gate
from tests.bench.ledger import bench_ledger
from tests.bench.panel import Waits, bench_panel
from tests.bench.publishing import bench_publishing
from tests.bench.roster import bench_roster
from tests.bench.sealing import bench_sealing
from tests.bench.timing import HEADING, Row
from tests.bench.typing import Underlined, bench_typing
from tests.cast import Cast


def print_rows(engine: str, wanted: list[str], sizes: Mapping[str, int]) -> None:
    """Print the table of the `wanted` benchmarks: ours, the baseline, the ratio, the aim."""
    databases = setup_databases(verbosity=0, interactive=False)
    people, rounds = sizes["PEOPLE"], sizes["ROUNDS"]
    consents = max(sizes["CONSENTS"], people)
    begin = time.monotonic()
    try:
        cast = Cast()
        rows: dict[str, Callable[[], Iterable[Row | Waits | Underlined | Step | Part | str]]] = {
            "gate": lambda: bench_gate(cast, people, consents, rounds),
            "publishing": lambda: bench_publishing(cast, rounds),
            "sealing": lambda: bench_sealing(rounds),
            "ledger": lambda: bench_ledger(cast, sizes["ENTRIES"]),
            "ceremonies": lambda: bench_ceremonies(sizes["AT_ONCE"]),
            "counter": lambda: bench_counter(sizes["WALKS"]),
            "roster": lambda: bench_roster(cast, people, rounds),
            "panel": lambda: [bench_panel(cast, sizes["WORDS"])],
            "typing": lambda: [bench_typing(cast, sizes["WORDS"])],
        }
        print(f"\n{engine}, {people:,} people, {consents:,} consents, {rounds} rounds")
        print(HEADING, flush=True)
        for name in wanted:
            for row in rows[name]():
                print(row, flush=True)
        print(f"{time.monotonic() - begin:.0f} s with making the rows")
    finally:
        teardown_databases(databases, verbosity=0)
