"""`./postern check`: every check that needs no test, two at a time, all of them even if one fails."""

import os
import shlex
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from door.locks import complaints
from door.places import VENV, environment
from door.programs import attempt
from door.serve import manage
from door.speech import say

AT_ONCE = 2


@dataclass(frozen=True)
class Result:
    """How one check went."""

    passed: bool
    output: str


@dataclass(frozen=True)
class Check:
    """One line of the report."""

    name: str
    run: Callable[[], Result]


def check() -> int:
    """Run all checks; 1 if any failed."""
    with tempfile.TemporaryDirectory(prefix="postern-check-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(_timed, all_checks(Path(folder))))
    failed = sum(not result.passed for result in results)
    say(f"{len(results) - failed} checks passed, {failed} failed.")
    return 1 if failed else 0


def all_checks(data: Path) -> list[Check]:
    """The slowest first, so that the others fit beside it."""
    tools: dict[str, str | list[str]] = {
        "mypy": "mypy",
        "migrations": [*manage("makemigrations"), "--check", "--dry-run"],
        "django": manage("check"),
        "imports": "lint-imports",
        "templates": "djlint templates --lint --quiet",
        "ruff": "ruff check --quiet --output-format=concise",
        "format": "ruff format --check",
    }
    checks = [Check(name, _tool(command, data)) for name, command in tools.items()]
    return [*checks, Check("locks", _locks)]


def _tool(command: str | list[str], data: Path) -> Callable[[], Result]:
    """A program that fails by its exit code; it gets a data folder of its own and no other database."""
    parts = shlex.split(command) if isinstance(command, str) else command
    program = Path(parts[0]) if os.sep in parts[0] else VENV / "bin" / parts[0]
    env = environment(POSTERN_DATA=str(data), POSTERN_DATABASE=f"sqlite://{data / 'check.sqlite3'}")

    def run() -> Result:
        done = attempt([program, *parts[1:]], env=env)
        return Result(done.returncode == 0, done.stdout)

    return run


def _locks() -> Result:
    found = list(complaints())
    return Result(not found, "\n".join(found))


def _timed(check: Check) -> Result:
    began = time.monotonic()
    result = check.run()
    verdict = "ok" if result.passed else "FAILED"
    line = f"{check.name:<12} {verdict:<7} {time.monotonic() - began:5.1f} s"
    say(line if result.passed else f"{line}\n{result.output.rstrip()}")
    return result
