"""What must come from the system: through apt where we may, into a private folder where we may not."""

import ctypes
import getpass
import os
import shutil
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from door.places import CERTIFICATES, LIBRARIES, PRIVATE, PROGRAMS, SYSTEM, environment, library_folders
from door.programs import attempt, must
from door.speech import Trouble, say

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = ("install", "--yes", "--no-install-recommends")

FONTS = """<?xml version="1.0"?>
<fontconfig><dir>{borrowed}</dir><dir>/usr/share/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
"""


@dataclass(frozen=True, kw_only=True)
class Need:
    """A Debian package, and how to see that the machine already has what is in it."""

    package: str
    why: str
    present: Callable[[], bool]


def has_library(name: str) -> bool:
    """Whether the loader finds the library, or our private folder holds it."""
    if any((folder / name).exists() for folder in library_folders()):
        return True
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_certificates() -> bool:
    """Whether TLS has anything to trust; Debian's pip insists on the system's own bundle."""
    return CERTIFICATES.exists() or (
        not shutil.which("apt-get") and bool(ssl.get_default_verify_paths().cafile)
    )


def chromium() -> str | None:
    """The browser that the journeys drive."""
    path = environment()["PATH"]
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name, path=path))), None)


def _library(package: str, file: str, why: str = "it lays out the PDF documents") -> Need:
    return Need(package=package, why=why, present=lambda: has_library(file))


def _program(name: str, why: str) -> Need:
    return Need(package=name, why=why, present=lambda: shutil.which(name) is not None)


RUN_NEEDS = (
    Need(package="ca-certificates", why="it lets downloads be verified", present=has_certificates),
    _library("libpango-1.0-0", "libpango-1.0.so.0"),
    _library("libpangoft2-1.0-0", "libpangoft2-1.0.so.0"),
    _library("libharfbuzz-subset0", "libharfbuzz-subset.so.0"),
)
TEST_NEEDS = (
    *RUN_NEEDS,
    _library("libatomic1", "libatomic.so.1", "the program that drives the browser needs it"),
    Need(package="chromium", why="the journeys drive it", present=lambda: chromium() is not None),
    Need(
        package="poppler-utils",
        why="its pdfsig is the outside witness of our seals",
        present=lambda: shutil.which("pdfsig", path=environment()["PATH"]) is not None,
    ),
)
MODEL_NEEDS = (
    _program("spin", "it searches the states of the publishing model"),
    _program("gcc", "it compiles that search"),
    Need(
        package="libc6-dev",
        why="the compiler needs it",
        present=lambda: Path("/usr/include/stdio.h").exists(),
    ),
)


def provide(needs: Sequence[Need], *, borrow: bool = True) -> None:
    """Make sure that all needs are met; installed packages are not touched.

    `borrow` allows unpacking into the private folder where there is no right to install; a compiler needs its place.
    """
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    packages = [need.package for need in missing]
    say(f"Installing system packages: {', '.join(packages)}.")
    installed = _install(packages) or (borrow and _borrow(packages))
    missing = [need for need in missing if not need.present()]
    if not installed or missing:
        raise Trouble(lacking(missing))


def lacking(needs: Sequence[Need]) -> str:
    """What is missing, why it is wanted, and the exact command that brings it."""
    reasons = "\n".join(f"  {need.package}: {need.why}" for need in needs)
    command = " ".join(["sudo apt-get", *INSTALL, *(need.package for need in needs)])
    return (
        f"This machine lacks:\n{reasons}\nI may not install it. Run this once, then try again:\n  {command}"
    )


def _install(packages: Sequence[str]) -> bool:
    """Ordinary installation, as root or through a sudo that asks no password."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    if not shutil.which("apt-get") or (prefix and attempt([*prefix, "true"]).returncode):
        return False
    if attempt([*apt, *INSTALL, *packages]).returncode == 0:
        return True
    must([*apt, "update"], "refresh the list of system packages")
    must([*apt, *INSTALL, *packages], f"install {', '.join(packages)}")
    return True


def _borrow(packages: Sequence[str]) -> bool:
    """Without any right: unpack the packages and what they depend on into the private folder."""
    for options in _catalogues():
        plan = attempt(["apt-get", *options, "--simulate", *INSTALL, *packages])
        wanted = [line.split()[1] for line in plan.stdout.splitlines() if line.startswith("Inst ")]
        if plan.returncode == 0 and _unpack(wanted, options):
            _remember_libraries()
            _wrap_chromium()
            return True
    return False


def unpack_only(package: str) -> bool:
    """Put the files of one package into the private folder; the system itself stays as it is."""
    return any(_unpack([package], options) for options in _catalogues())


def _catalogues() -> Iterator[list[str]]:
    """The machine's own package lists first; then, only if those did not do, lists of our own."""
    yield []
    state = PRIVATE / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    options = [
        f"--option=Dir::State::Lists={state / 'lists'}",
        f"--option=Dir::Cache={state / 'cache'}",
        "--option=Debug::NoLocking=1",
        f"--option=APT::Sandbox::User={getpass.getuser()}",
    ]
    try:
        if attempt(["apt-get", *options, "update"]).returncode == 0:
            yield options
    finally:
        shutil.rmtree(state)


def _unpack(packages: Sequence[str], options: Sequence[str]) -> bool:
    downloads = PRIVATE / "downloads"
    shutil.rmtree(downloads, ignore_errors=True)
    downloads.mkdir(parents=True)
    if attempt(["apt-get", *options, "download", *packages], cwd=downloads).returncode:
        return False
    unpacked = [
        attempt(["dpkg-deb", "--extract", file, SYSTEM]).returncode for file in downloads.glob("*.deb")
    ]
    shutil.rmtree(downloads)
    return not any(unpacked)


def _remember_libraries() -> None:
    """Some packages keep libraries in folders of their own; all are named to the loader."""
    folders = sorted({str(file.parent) for file in SYSTEM.rglob("lib*.so*")})
    LIBRARIES.write_text("\n".join(folders), encoding="utf-8")


def _wrap_chromium() -> None:
    """The packaged starter names absolute paths, so a browser unpacked elsewhere gets its own, and its fonts."""
    program = SYSTEM / "usr/lib/chromium/chromium"
    if not program.exists():
        return
    PROGRAMS.mkdir(parents=True, exist_ok=True)
    fonts = PROGRAMS / "fonts.conf"
    fonts.write_text(FONTS.format(borrowed=SYSTEM / "usr/share/fonts"), encoding="utf-8")
    starter = PROGRAMS / "chromium"
    starter.write_text(f'#!/bin/sh\nFONTCONFIG_FILE="{fonts}" exec "{program}" "$@"\n', encoding="utf-8")
    starter.chmod(0o755)
