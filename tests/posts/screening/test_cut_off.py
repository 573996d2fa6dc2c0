"""The screening runs with sockets blocked, in the processes that open and look at pictures too (design 9; R34, R38)."""

import json
import os
import subprocess
import sys

import pytest

from consent.media import aside
from tests.posts.screening.cut_off import CUT

ALONE = ["unshare", "--map-root-user", "--net"]


def has_network_of_its_own():
    """Whether this machine lets a process have a network without any way out."""
    try:
        return subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def run(*before, module="tests.posts.screening.cut_off"):
    return subprocess.run(
        [*before, sys.executable, "-m", module],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=dict(os.environ),
    )


@pytest.mark.parametrize("before", [(), tuple(ALONE)], ids=["sockets", "no network at all"])
class TestTheScreening:
    def test_of_words_and_pictures_neither_looks_up_nor_connects(self, before):
        if before and not has_network_of_its_own():
            pytest.skip("This machine gives no process a network of its own.")

        done = run(*before)

        assert "NETWORK" not in done.stderr
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert told["caption"] == "phi"
        assert told["reply"] == "confirms-relationship"
        assert told["pixels"] == [1000, 700, 900]
        assert told["read"]
        if "unavailable" in told:
            assert told["unavailable"] == "The picture detectors are not installed."
        else:
            assert any("1961" in text for text in told["seen"])


class TestTheBlock:
    """The test above would be worth nothing if these passed."""

    @pytest.mark.parametrize(
        "use",
        [
            "import socket; socket.getaddrinfo('example.org', 443)",
            "import socket; socket.create_connection(('127.0.0.1', 9))",
            "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        ],
    )
    def test_ends_a_process_that_uses_a_socket(self, use):
        done = subprocess.run(
            [sys.executable, "-c", f"exec({CUT!r})\n{use}"], capture_output=True, text=True, check=False
        )

        assert done.returncode == 97
        assert "NETWORK" in done.stderr

    def test_reaches_into_the_processes_that_open_pictures(self, monkeypatch):
        start = f"exec({CUT!r}); import socket; socket.socket(); " + aside.START.replace(
            "{worker}", "pixels_worker"
        )
        monkeypatch.setattr(aside, "START", start.replace("{", "{{").replace("}", "}}"))

        with pytest.raises(aside.NoAnswer):
            aside.asked_aside("pixels_worker", (1, 1, 1, 1), b"", seconds=30)
