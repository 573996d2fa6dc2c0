"""The door: what `./postern` says, remembers and refuses, without setting anything up."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from door import debian, locks, stamps, suite
from door.places import ROOT
from door.serve import web_command
from door.speech import Trouble

DOOR = ROOT / "postern"
NOTHING = debian.Need(package="libnothing0", why="nobody needs it", present=lambda: False)


def knock(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the door as a person would."""
    command = [sys.executable, str(DOOR), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | env)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


class TestHelp:
    def test_it_names_every_command(self):
        shown = knock("--help")
        assert shown.returncode == 0
        for command in ("run", "test", "check", "bench", "model", "rehearsal", "soak", "lock", "clean"):
            assert f"./postern {command}" in shown.stdout

    def test_it_answers_an_unknown_command_with_the_known_ones(self):
        shown = knock("dance")
        assert shown.returncode == 2
        assert shown.stdout.startswith("There is no command 'dance'.")
        assert "./postern run" in shown.stdout

    def test_it_needs_nothing_but_the_standard_library(self):
        isolated = subprocess.run(
            [sys.executable, "-E", "-S", DOOR, "help"], capture_output=True, check=False
        )
        assert isolated.returncode == 0


class TestPort:
    def test_it_says_that_the_port_is_taken_before_anything_starts(self, taken_port):
        shown = knock("run", f"PORT={taken_port}")
        assert shown.returncode == 1
        assert shown.stderr.startswith(f"Port {taken_port} is taken by another program.")
        assert "Traceback" not in shown.stderr

    @pytest.mark.parametrize("text", ["eighty", "0", "70000"])
    def test_it_refuses_a_port_that_is_none(self, text):
        assert knock("run", PORT=text).stderr.startswith("PORT must be a number")

    def test_it_serves_this_machine_only(self):
        binds = [part for part in web_command(8000) if part.startswith("--bind=")]
        assert "--bind=127.0.0.1:8000" in binds
        assert set(binds) <= {"--bind=127.0.0.1:8000", "--bind=[::1]:8000"}


class TestSystemPackages:
    def test_it_asks_for_nothing_that_is_there(self, monkeypatch):
        monkeypatch.setattr(debian, "_install", lambda packages: pytest.fail("It installed something."))
        debian.provide([debian.Need(package="here", why="it is", present=lambda: True)])

    def test_it_names_the_exact_command_when_it_has_no_right(self, monkeypatch):
        monkeypatch.setattr(debian, "_install", lambda packages: False)
        monkeypatch.setattr(debian, "_borrow", lambda packages: False)
        with pytest.raises(Trouble, match=r"sudo apt-get install .* libnothing0") as trouble:
            debian.provide([NOTHING])
        assert "nobody needs it" in str(trouble.value)

    def test_it_unpacks_no_compiler_where_it_may_not_install_one(self, monkeypatch):
        monkeypatch.setattr(debian, "_install", lambda packages: False)
        monkeypatch.setattr(debian, "_borrow", lambda packages: pytest.fail("It unpacked something."))
        with pytest.raises(Trouble, match="This machine lacks"):
            debian.provide([NOTHING], borrow=False)

    def test_it_knows_a_library_that_the_loader_finds(self):
        assert debian.has_library("libc.so.6")
        assert not debian.has_library("libnothing.so.0")


class TestStamps:
    def test_a_folder_is_vouched_for_until_it_is_changed(self, tmp_path):
        stamps.stamp(tmp_path, "as locked")
        assert stamps.stamped(tmp_path) == "as locked"
        stamps.unstamp(tmp_path)
        assert stamps.stamped(tmp_path) == ""

    def test_a_missing_folder_has_no_stamp(self, tmp_path):
        assert stamps.stamped(tmp_path / "nowhere") == ""

    def test_a_changed_lock_changes_the_fingerprint(self, tmp_path):
        lock = tmp_path / "lock"
        lock.write_text("one")
        before = stamps.fingerprint(lock)
        lock.write_text("two")
        assert stamps.fingerprint(lock) != before


class TestLocks:
    def test_they_fit_their_intent(self):
        assert list(locks.complaints()) == []

    def test_a_requirement_without_a_hash_is_noticed(self):
        pinned = "good==1 \\\n    --hash=sha256:00\n    # via bad\nbad==2\n    # via good\n"
        assert locks.unhashed(pinned) == ["bad==2"]

    def test_a_changed_dependency_is_noticed(self, tmp_path, monkeypatch):
        changed = tmp_path / "pyproject.toml"
        text = locks.PYPROJECT.read_text().replace("dependencies = [", 'dependencies = [\n    "another",', 1)
        changed.write_text(text)
        monkeypatch.setattr(locks, "PYPROJECT", changed)
        assert any(
            "requirements.txt is older than pyproject.toml" in complaint for complaint in locks.complaints()
        )


class TestTally:
    def write(self, folder: Path) -> Path:
        report = folder / "report.xml"
        report.write_text(
            '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"></testsuite></testsuites>'
        )
        return report

    def test_it_counts_an_error_as_a_failure(self, tmp_path):
        assert str(suite.read_tally(self.write(tmp_path))) == "5 passed, 2 failed, 2 skipped"

    def test_it_adds_up_both_engines(self, tmp_path):
        tally = suite.read_tally(self.write(tmp_path))
        assert tally + tally == suite.Tally(passed=10, failed=4, skipped=4)

    def test_a_run_that_reported_nothing_counts_nothing(self, tmp_path):
        assert suite.read_tally(tmp_path / "none.xml") == suite.Tally()

    def test_it_takes_its_own_option_out_of_those_of_pytest(self):
        assert suite.chosen_engines(["-k", "gate", "--engine=postgres"]) == (("postgres",), ["-k", "gate"])
        assert suite.chosen_engines([]) == (suite.ENGINES, [])
