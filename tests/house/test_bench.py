"""The benchmarks still run: their raw SQL names every column that the models came to have since."""

import os
import subprocess
import sys

ROWS = [
    "gate, one post",
    "gate, fifty posts together",
    "publish: claim, intent, outcome",
    "from the signature to the sealed document",
    "sign, and be thanked",
    "verify a ledger",
]


class TestTheBench:
    def test_it_prints_every_row(self) -> None:
        bare = {name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
        run = subprocess.run(
            [sys.executable, "-m", "tests.bench", "ENGINE=sqlite", "PEOPLE=20", "ROUNDS=2", "ENTRIES=10"],
            capture_output=True,
            text=True,
            check=False,
            env=bare | {"POSTERN_TEST_ENGINE": "sqlite"},
        )
        assert run.returncode == 0, run.stderr
        assert [row for row in ROWS if row not in run.stdout] == []
