"""`--gate-cases FILE` (repeatable): run the acceptance worlds of other files of the same format."""

import json
from pathlib import Path

import pytest

OWN = Path(__file__).parent / "cases/gate_cases.jsonl"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each world of each file."""
    if "case" in metafunc.fixturenames:
        files = [Path(name) for name in metafunc.config.getoption("--gate-cases")] or [OWN]
        cases = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line]
        metafunc.parametrize("case", cases, ids=[case["id"] for case in cases])
