"""Run every benchmark on both engines: ``python -m tests.bench [ENGINE=sqlite] [PEOPLE=10000] [ROUNDS=200]``.

``ROWS=gate PEOPLE=1000000 CONSENTS=4000000`` asks the gate alone, in a nation's population. ``ROWS=panel`` measures
the composer in Chromium, over so many ``WORDS``; ``ROWS=typing`` until a name is underlined there. ``ROWS=ceremonies``
has ``AT_ONCE`` people sign at as many tablets. ``ROWS=counter`` walks ``WALKS`` adults through the form at the counter
in Chromium: taps, keys, the machine's time.
``ROWS=screen`` asks the word screen about the frozen texts; it needs no engine. ``ROWS=roster`` asks the
roster of a practice of a million people (``PEOPLE``) about ``ROUNDS`` captions.
"""

import os
import subprocess
import sys

from tests import engines

SIZES = {
    "PEOPLE": "10000",
    "CONSENTS": "0",
    "ROUNDS": "200",
    "ENTRIES": "50000",
    "WORDS": "30",
    "AT_ONCE": "50",
    "WALKS": "5",
}
A_NATIONAL_PRACTICE = "1000000"
DEFAULTS = {"ENGINE": "", "ROWS": "gate,publishing,sealing,ledger", **SIZES}
ROWS = (
    "gate",
    "publishing",
    "sealing",
    "ledger",
    "panel",
    "typing",
    "ceremonies",
    "counter",
    "screen",
    "roster",
)


def main() -> int:
    """Without ENGINE, one process for each engine; with it, the rows of that engine."""
    given = {name: os.environ[name] for name in DEFAULTS if name in os.environ}
    given |= dict(argument.split("=", 1) for argument in sys.argv[1:])
    unknown = sorted(given.keys() - DEFAULTS.keys())
    if unknown:
        print(f"Not known: {', '.join(unknown)}. Settings: {', '.join(DEFAULTS)}.")
        return 2
    settings = {**DEFAULTS, **given}
    rows = settings["ROWS"].split(",")
    if strange := sorted(set(rows) - set(ROWS)):
        print(f"Not known: {', '.join(strange)}. Rows: {', '.join(ROWS)}.")
        return 2
    if "screen" in rows:
        _screen()
        rows.remove("screen")
        given["ROWS"] = ",".join(rows)
    if not rows:
        return 0
    if rows == ["roster"] and "PEOPLE" not in given:
        settings["PEOPLE"] = given["PEOPLE"] = A_NATIONAL_PRACTICE
    if settings["ENGINE"]:
        return _run(settings["ENGINE"], rows, {name: int(settings[name]) for name in SIZES})
    return max(_child(engine, given) for engine in ("sqlite", "postgres"))


def _screen() -> None:
    """The word screen knows no database."""
    from tests.bench.screening import bench_screen

    for line in bench_screen():
        print(line, flush=True)


def _child(engine: str, given: dict[str, str]) -> int:
    """The benchmarks of one engine in a process of their own."""
    arguments = [f"{name}={value}" for name, value in {**given, "ENGINE": engine}.items()]
    environment = {**os.environ, "POSTERN_TEST_ENGINE": engine}
    return subprocess.run(
        [sys.executable, "-m", "tests.bench", *arguments], env=environment, check=False
    ).returncode


def _run(engine: str, rows: list[str], sizes: dict[str, int]) -> int:
    """Prepare a throw-away database and print the rows."""
    engines.ENGINE = engine
    engines.prepare(durable=True)
    from tests.bench.run import print_rows

    print_rows(engine, rows, sizes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
