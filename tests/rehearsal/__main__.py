"""Rehearse on both engines: ``python -m tests.rehearsal [DB=sqlite] [KILLS=200] [STOPS=10] [SEED=postern]``.

Each setting may also be an environment variable, which is how the door hands it on.
"""

import os
import subprocess
import sys

from tests import engines

ENGINES = ("sqlite", "postgres")
NUMBERS = {"KILLS": 200, "STOPS": 10, "WORKERS": 6, "PEOPLE": 50}
KNOWN = ("DB", "SEED", *NUMBERS)


def main() -> int:
    """One process for each engine, unless DB names one; 1 if any promise was broken."""
    given = {name: os.environ[name] for name in KNOWN if name in os.environ}
    given |= dict(argument.partition("=")[::2] for argument in sys.argv[1:])
    wrong = sorted(given.keys() - set(KNOWN)) + [
        name for name in NUMBERS if not given.get(name, "0").isdigit()
    ]
    if wrong or given.get("DB", "sqlite") not in ENGINES:
        print(f"Settings: DB=sqlite or DB=postgres, SEED=text, numbers {', '.join(NUMBERS)}.")
        return 2
    if "DB" in given:
        return _run(given)
    return max(_child(engine, given) for engine in ENGINES)


def _child(engine: str, given: dict[str, str]) -> int:
    """The rehearsal on one engine in a process of its own."""
    environment = {**os.environ, **given, "DB": engine, "POSTERN_TEST_ENGINE": engine}
    return subprocess.run([sys.executable, "-m", "tests.rehearsal"], env=environment, check=False).returncode


def _run(given: dict[str, str]) -> int:
    """Prepare a throw-away database and rehearse on it."""
    engines.ENGINE = os.environ["POSTERN_TEST_ENGINE"] = given["DB"]
    engines.prepare()
    from tests.rehearsal.plan import Plan
    from tests.rehearsal.run import run

    numbers = {name.lower(): int(given.get(name, default)) for name, default in NUMBERS.items()}
    return run(given["DB"], Plan(seed=given.get("SEED", "postern"), **numbers))


if __name__ == "__main__":
    sys.exit(main())
