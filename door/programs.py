"""Starting other programs: silent when they succeed, quoted when they fail."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from door.places import ROOT, environment
from door.speech import Trouble

SHOWN_LINES = 25


def attempt(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run to the end and keep what it printed; whether it succeeded is the caller's question."""
    try:
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment() if env is None else env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return subprocess.CompletedProcess(list(command), 127, f"{command[0]}: {error.strerror}")


def must(
    command: Sequence[str | Path], purpose: str, *, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> str:
    """Run to the end and return what it printed; a failure becomes a sentence with its last lines."""
    done = attempt(command, env=env, cwd=cwd)
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-SHOWN_LINES:])
        raise Trouble(f"Could not {purpose}. {Path(command[0]).name} said:\n{last}")
    return done.stdout
