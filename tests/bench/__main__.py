"""Run every benchmark on both engines: ``python -m tests.bench [ENGINE=sqlite] [PEOPLE=10000] [ROUNDS=200]``.

``PANEL=1`` measures the composer in Chromium instead, over so many ``WORDS``.
"""

import os
import subprocess
import sys

from tests import engines

DEFAULTS = {"ENGINE": "", "PEOPLE": "10000", "ROUNDS": "200", "ENTRIES": "50000", "PANEL": "", "WORDS": "30"}


def main() -> int:
    """Without ENGINE, one process for each engine; with it, the rows of that engine."""
    given = {name: os.environ[name] for name in DEFAULTS if name in os.environ}
    given |= dict(argument.split("=", 1) for argument in sys.argv[1:])
    unknown = sorted(given.keys() - DEFAULTS.keys())
    if unknown:
        print(f"Not known: {', '.join(unknown)}. Settings: {', '.join(DEFAULTS)}.")
        return 2
    settings = {**DEFAULTS, **given}
    if settings["ENGINE"]:
        return _run(settings)
    return max(_child(engine, given) for engine in ("sqlite", "postgres"))


def _child(engine: str, given: dict[str, str]) -> int:
    """The benchmarks of one engine in a process of their own."""
    arguments = [f"{name}={value}" for name, value in {**given, "ENGINE": engine}.items()]
    environment = {**os.environ, "POSTERN_TEST_ENGINE": engine}
    return subprocess.run(
        [sys.executable, "-m", "tests.bench", *arguments], env=environment, check=False
    ).returncode


def _run(settings: dict[str, str]) -> int:
    """Prepare a throw-away database and print the rows."""
    engines.ENGINE = settings["ENGINE"]
    engines.prepare(durable=True)
    from tests.bench.run import print_panel, print_rows

    if settings["PANEL"] not in ("", "0"):
        print_panel(settings["ENGINE"], int(settings["WORDS"]))
        return 0
    print_rows(settings["ENGINE"], int(settings["PEOPLE"]), int(settings["ROUNDS"]), int(settings["ENTRIES"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
