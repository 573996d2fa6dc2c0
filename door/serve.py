"""Running the house: the web server and the worker side by side, both or neither."""

import os
import signal
import socket
import subprocess
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from types import FrameType

from door.places import PYTHON, ROOT, environment
from door.programs import must
from door.speech import Trouble, say

START_SECONDS = 60
STOP_SECONDS = 30
THREADS = 8
LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


@dataclass(frozen=True)
class Child:
    """One of the programs that make up the house."""

    name: str
    process: subprocess.Popen[bytes]


def serve() -> int:
    """Migrate, build rosters that never were, make the demo practice on the first start, and run until told to stop."""
    port = chosen_port()
    require_free(port)
    must(manage("migrate", "--no-input"), "bring the database up to date")
    must(manage("rebuild_roster", "--unbuilt"), "enter everybody on the roster")
    sign_ins = must(manage("demo"), "make the demo practice").strip()
    stop = threading.Event()
    _stop_on_signals(stop)
    children = [
        Child("web server", _start(web_command(port))),
        Child("worker", _start(manage("work"))),
    ]
    try:
        if _wait_until_open(port, children, stop):
            say(f"Postern is at http://localhost:{port}/")
            say(sign_ins)
        return _watch(children, stop)
    finally:
        _stop(children)


def chosen_port() -> int:
    """The port from the environment; 8000 unless chosen."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def require_free(port: int) -> None:
    """Say so, before anything starts, when another program already listens there."""
    with closing(socket.socket(socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Trouble(
                f"Port {port} needs more rights. Choose a port above 1023: ./postern run PORT=8000"
            ) from error
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            raise Trouble(
                f"Port {port} is taken by another program. Choose another: ./postern run PORT={other}"
            ) from error


def manage(*arguments: str) -> list[str]:
    """A command of Django's own command line."""
    return [str(PYTHON), str(ROOT / "manage.py"), *arguments]


def web_command(port: int) -> list[str]:
    """gunicorn on this machine's own addresses only; one process on SQLite, whose writers queue anyway."""
    on_server = os.environ.get("POSTERN_DATABASE", "").startswith("postgres")
    binds = [f"--bind={f'[{host}]' if ':' in host else host}:{port}" for host in _loopbacks()]
    size = [f"--workers={2 if on_server else 1}", f"--threads={THREADS}"]
    quiet = ["--log-level=warning", "--graceful-timeout=20", "--no-control-socket"]
    return [str(PYTHON), "-m", "gunicorn", "config.wsgi", "--worker-class=gthread", *size, *binds, *quiet]


def _loopbacks() -> list[str]:
    """localhost may mean either family; listen on those that this machine has."""
    usable = []
    for family, host in LOOPBACKS:
        try:
            with closing(socket.socket(family)) as probe:
                probe.bind((host, 0))
            usable.append(host)
        except OSError:
            continue
    return usable


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL)


def _stop_on_signals(stop: threading.Event) -> None:
    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, told)


def _wait_until_open(port: int, children: list[Child], stop: threading.Event) -> bool:
    """Whether the web server answers; no address is printed before it does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not stop.is_set():
        if any(child.process.poll() is not None for child in children):
            return False
        with closing(socket.socket(socket.AF_INET)) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        stop.wait(0.1)
    return False


def _watch(children: list[Child], stop: threading.Event) -> int:
    """Until a signal comes (0), or one of them ends by itself (1)."""
    while not stop.wait(0.2):
        for child in children:
            if child.process.poll() is not None:
                say(
                    f"The {child.name} ended by itself ({_ending(child.process.returncode)}), so Postern stops."
                )
                return 1
    return 0


def _ending(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _stop(children: list[Child]) -> None:
    """Ask both to finish what they are doing; insist after a while."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
