"""Remembering what is already set up, so that the next start does nothing, even offline.

A stamp lies inside the folder it vouches for: who deletes the folder deletes the stamp.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from door.places import PRIVATE
from door.speech import say

STAMP = ".postern-stamp"


def fingerprint(*files: Path) -> str:
    """One digest over the content of the files, in order."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def stamped(folder: Path) -> str:
    """What the folder was last set up from, or nothing."""
    try:
        return (folder / STAMP).read_text(encoding="ascii")
    except OSError:
        return ""


def stamp(folder: Path, value: str) -> None:
    """Vouch for the folder; the last step of setting it up."""
    (folder / STAMP).write_text(value, encoding="ascii")


def unstamp(folder: Path) -> None:
    """Vouch no longer; the first step of changing it."""
    (folder / STAMP).unlink(missing_ok=True)


@contextmanager
def alone() -> Iterator[None]:
    """Only one set-up at a time; a second one waits and then finds everything done."""
    PRIVATE.mkdir(exist_ok=True)
    with (PRIVATE / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is under way; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
