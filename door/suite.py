"""`./postern test`: the whole suite on SQLite, then what touches the database again on PostgreSQL."""

import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from door.places import PYTHON, ROOT, environment
from door.speech import say

ENGINES = ("sqlite", "postgres")
NOTHING_COLLECTED = 5
WORKERS = 2


@dataclass(frozen=True)
class Tally:
    """What a run of pytest counted; an error counts as a failure."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def test(arguments: list[str]) -> int:
    """Both engines, unless `--engine` names one; 1 if any test failed or none ran."""
    engines, rest = chosen_engines(arguments)
    total, broken = Tally(), False
    for engine in engines:
        say(f"Testing on {'SQLite' if engine == 'sqlite' else 'PostgreSQL'}.")
        code, tally = _run(engine, rest)
        broken = broken or code not in {0, NOTHING_COLLECTED}
        total += tally
    say(str(total))
    return 1 if broken or total.failed or not total.passed else 0


def chosen_engines(arguments: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Take our own option out of pytest's."""
    chosen = [argument for argument in arguments if argument in {f"--engine={name}" for name in ENGINES}]
    rest = [argument for argument in arguments if argument not in chosen]
    return tuple(argument.partition("=")[2] for argument in chosen) or ENGINES, rest


def _run(engine: str, arguments: list[str]) -> tuple[int, Tally]:
    with tempfile.TemporaryDirectory(prefix="postern-report-") as folder:
        report = Path(folder) / "report.xml"
        command: list[str | Path] = [
            PYTHON,
            "-m",
            "pytest",
            f"-n{WORKERS}",
            f"--junitxml={report}",
            *arguments,
        ]
        code = subprocess.run(
            command, cwd=ROOT, env=environment(POSTERN_TEST_ENGINE=engine), check=False
        ).returncode
        return code, read_tally(report)


def read_tally(report: Path) -> Tally:
    """Count from pytest's machine-readable report."""
    if not report.exists():
        return Tally()
    counts = [suite.attrib for suite in ElementTree.parse(report).iter("testsuite")]

    def total(name: str) -> int:
        return sum(int(suite.get(name, 0)) for suite in counts)

    failed, skipped = total("failures") + total("errors"), total("skipped")
    return Tally(passed=total("tests") - failed - skipped, failed=failed, skipped=skipped)
