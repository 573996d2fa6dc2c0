"""The private virtual environment: pip from wherever it can be had, then uv, then the hashed lock."""

import importlib.util
import os
import shlex
import sys
from pathlib import Path

from door.debian import unpack_only
from door.places import PRIVATE, PYTHON, ROOT, SYSTEM, VENV, environment
from door.programs import attempt, must
from door.speech import Trouble, say
from door.stamps import fingerprint, stamp, stamped, unstamp

INSTALLER = PRIVATE / "installer"
INSTALLER_LOCK = ROOT / "door" / "installer.txt"
UV = INSTALLER / "bin" / "uv"
RUNTIME_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "requirements-dev.txt"
IMAGES_LOCK = ROOT / "door" / "images.txt"
NO_PIP = (
    "This Python has no pip, and none could be fetched. Run this once, then try again:\n"
    "  sudo apt-get install python3-pip"
)


def is_ready(dev: bool) -> bool:
    """Whether the environment holds what the locks say; the development set contains the other, and more is fine."""
    if not PYTHON.exists():
        return False
    bases = [[DEV_LOCK]] if dev else [[DEV_LOCK], [RUNTIME_LOCK]]
    extras: list[list[Path]] = [[IMAGES_LOCK]] if _images_asked() else [[], [IMAGES_LOCK]]
    return stamped(VENV) in {_mark(*base, *extra) for base in bases for extra in extras}


def install(dev: bool) -> None:
    """Bring the environment to exactly what the locks say, each file checked against its hash.

    The picture detectors come with IMAGES=1, and stay once they are there.
    """
    locks = [DEV_LOCK if dev else RUNTIME_LOCK]
    if _images_asked() or IMAGES_LOCK.name in stamped(VENV):
        locks.append(IMAGES_LOCK)
    env = uv_environment()
    say(f"Installing Python packages from {' and '.join(lock.name for lock in locks)}.")
    if not PYTHON.exists():
        must(
            [UV, "venv", "--clear", "--python", sys.executable, VENV], "make the virtual environment", env=env
        )
    unstamp(VENV)
    must(
        [UV, "pip", "sync", "--python", PYTHON, "--require-hashes", *locks],
        "install the Python packages",
        env=env,
    )
    stamp(VENV, _mark(*locks))


def _images_asked() -> bool:
    return os.environ.get("IMAGES") == "1"


def uv_environment() -> dict[str, str]:
    """Fetch uv once, and start it with the machine's certificates, its Python and pip's own indexes."""
    pip = _pip()
    if stamped(INSTALLER) != fingerprint(INSTALLER_LOCK):
        fetch_with_pip(pip)
    settings = {
        "UV_SYSTEM_CERTS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # safe: every file is pinned by its hash
    }
    return environment(
        **(settings | _indexes(pip) | {k: v for k, v in os.environ.items() if k.startswith("UV_")})
    )


def fetch_with_pip(pip: list[str]) -> None:
    """uv itself comes through pip, which knows this machine's index, proxy and certificates."""
    say("Fetching the installer.")
    INSTALLER.mkdir(parents=True, exist_ok=True)
    unstamp(INSTALLER)
    options = ["--quiet", "--upgrade", "--only-binary=:all:", "--require-hashes", "--no-deps"]
    must(
        [*pip, "install", *options, "--target", INSTALLER, "--requirement", INSTALLER_LOCK],
        "fetch the installer",
    )
    stamp(INSTALLER, fingerprint(INSTALLER_LOCK))


def _mark(*locks: Path) -> str:
    return f"{' '.join(lock.name for lock in locks)} {fingerprint(*locks)}"


def _pip() -> list[str]:
    """A pip to begin with: this Python's own, or a wheel that the system's packages carry."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    wheel = _pip_wheel()
    if not wheel and unpack_only("python3-pip-whl"):
        wheel = _pip_wheel()
    if not wheel:
        raise Trouble(NO_PIP)
    return [sys.executable, f"{wheel}/pip"]


def _pip_wheel() -> Path | None:
    bundled = importlib.util.find_spec("ensurepip")
    shelves = [Path("/usr/share/python-wheels"), SYSTEM / "usr/share/python-wheels"]
    if bundled and bundled.origin:
        shelves.append(Path(bundled.origin).parent / "_bundled")
    return next((wheel for shelf in shelves for wheel in sorted(shelf.glob("pip-*.whl"))), None)


def _indexes(pip: list[str]) -> dict[str, str]:
    """Tell uv of the package index and certificates that pip was configured with, by file or by environment."""
    names = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    settings: dict[str, str] = {}
    for line in attempt([*pip, "config", "list"]).stdout.splitlines():
        name, _, value = line.partition("=")
        key = name.rpartition(".")[2]
        if key in names and value:
            settings.setdefault(names[key], shlex.split(value)[0])  # pip lists the environment first
    extra = os.environ.get("PIP_EXTRA_INDEX_URL")
    return settings | ({"UV_INDEX": extra} if extra else {})
