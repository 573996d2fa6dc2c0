"""The benchmarks still run: their raw SQL names every column that the models came to have since."""

import os
import re
import subprocess
import sys

import pytest

from door.debian import chromium

ROWS = [
    "gate, one post",
    "gate, fifty posts together",
    "publish: claim, intent, outcome",
    "from the signature to the sealed document",
    "sign, and be thanked",
    "verify a ledger",
]


def run_bench(*settings: str) -> str:
    """What the bench prints on SQLite."""
    bare = {name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench", "ENGINE=sqlite", *settings],
        capture_output=True,
        text=True,
        check=False,
        env=bare | {"POSTERN_TEST_ENGINE": "sqlite"},
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


class TestTheBench:
    def test_it_prints_every_row(self) -> None:
        printed = run_bench("PEOPLE=20", "CONSENTS=50", "ROUNDS=2", "ENTRIES=10")
        assert [row for row in ROWS if row not in printed] == []

    def test_it_signs_at_many_tablets_at_once_without_an_error(self) -> None:
        printed = run_bench("ROWS=ceremonies", "AT_ONCE=3")
        line = r"3 at once, the whole ceremony +\d+ ms median +\d+ ms worst +0 errors"
        assert re.search(line, printed), printed

    def test_it_asks_the_word_screen_about_the_frozen_texts(self) -> None:
        printed = run_bench("ROWS=screen")
        assert re.search(r"Postern +found 0\.\d+ \[[\d.-]+\] \d+/\d+ +false alarms 0\.\d+", printed), printed

    def test_it_asks_a_roster_about_captions(self) -> None:
        printed = run_bench("ROWS=roster", "PEOPLE=200", "ROUNDS=20")
        assert re.search(r"1\d{3} rows, \d+ MB", printed), printed
        assert re.search(r"20 captions among 200 people, median \d+\.\d+ ms +p95 \d+\.\d+ ms", printed), (
            printed
        )

    @pytest.mark.skipif(chromium() is None, reason="There is no Chromium on this machine.")
    def test_it_measures_the_composer_in_a_browser(self) -> None:
        printed = run_bench("ROWS=panel", "WORDS=2")
        assert re.search(r"composer, keystroke to answer, 2 words +\d+ ms median +\d+ ms worst", printed)

    @pytest.mark.skipif(chromium() is None, reason="There is no Chromium on this machine.")
    def test_it_times_the_underlining_in_a_browser(self) -> None:
        printed = run_bench("ROWS=typing", "WORDS=2")
        assert re.search(r"composer, keystroke to underline, 2 names +\d+ ms median +\d+ ms p95", printed)

    @pytest.mark.skipif(chromium() is None, reason="There is no Chromium on this machine.")
    def test_it_walks_an_adult_through_the_form_at_the_counter(self) -> None:
        printed = run_bench("ROWS=counter", "WALKS=1")
        line = r"counter, the signer, to the thank-you +\d+ taps +0 keys 1 stroke +machine +\d+\.\d s median"
        assert re.search(line, printed), printed
