"""One rehearsal on a database made for it and removed afterwards."""

import os

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests import engines
from tests.rehearsal.harness import rehearse
from tests.rehearsal.plan import Plan


def run(engine: str, plan: Plan) -> int:
    """Print what was found; 1 if a promise was broken."""
    print(f"\n{engine}: {plan.kills} kills of {plan.workers} workers, {plan.stops} freezes, SEED={plan.seed}")
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        env = dict(os.environ) | {"POSTERN_DATABASE": engines.url_of(connection.settings_dict)}
        found = rehearse(plan, env, lambda line: print(line, flush=True))
    finally:
        teardown_databases(databases, verbosity=0)
    print(f"\n{engine}, {found.log.elapsed:.0f} seconds. Must be zero:")
    print(*found.promises, sep="\n")
    if found.frozen:
        print("\nWhat frozen workers did (not promised, see docs/publishing.md):")
        print(*found.frozen, sep="\n")
    print("\nGood to know:")
    print(*found.figures, sep="\n", flush=True)
    return 1 if found.broken else 0
