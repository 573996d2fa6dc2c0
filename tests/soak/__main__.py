"""Soak a practice in random days: ``python -m tests.soak [ENGINE=sqlite] [STEPS=2000] [SEED=0]``."""

import os
import subprocess
import sys

from tests import engines

DEFAULTS = {"ENGINE": "", "STEPS": "2000", "SEED": "0"}
A_LIFE = 60


def main() -> int:
    """Without ENGINE, one process for each engine; with it, the days on that engine."""
    given = {name: os.environ[name] for name in DEFAULTS if name in os.environ}
    given |= dict(argument.split("=", 1) for argument in sys.argv[1:])
    if unknown := sorted(given.keys() - DEFAULTS.keys()):
        print(f"Not known: {', '.join(unknown)}. Settings: {', '.join(DEFAULTS)}.")
        return 2
    settings = {**DEFAULTS, **given}
    if settings["ENGINE"]:
        return _soak(settings["ENGINE"], int(settings["STEPS"]), int(settings["SEED"]))
    return max(_child(engine, given) for engine in engines.ENGINES)


def _child(engine: str, given: dict[str, str]) -> int:
    """One engine, in a process of its own."""
    arguments = [f"{name}={value}" for name, value in {**given, "ENGINE": engine}.items()]
    environment = {**os.environ, "POSTERN_TEST_ENGINE": engine}
    return subprocess.run(
        [sys.executable, "-m", "tests.soak", *arguments], env=environment, check=False
    ).returncode


def _soak(engine: str, steps: int, seed: int) -> int:
    """Lives of `A_LIFE` steps on a throw-away database, until `steps` checks were made or one failed."""
    engines.ENGINE = engine
    engines.prepare()
    from django.test.utils import setup_databases, teardown_databases

    from tests.soak.machine import DONE, counts, live

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        while DONE["checks"] < steps:
            live(lives=5, steps=A_LIFE, seed=seed + DONE["lives"])
            print(f"{engine}: {DONE['checks']:,} of {steps:,} steps", flush=True)
    finally:
        for name, number in counts().items():
            print(f"  {name:<12}{number:>12,}")
        teardown_databases(databases, verbosity=0)
    print(f"{engine}: nothing showed that somebody did not allow.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
