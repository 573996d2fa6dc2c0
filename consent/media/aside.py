"""A file that somebody sent is opened by a process of its own, with nothing of ours in its reach."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from django.conf import settings

# The process is isolated from the machine's own packages, and finds ours by the one folder that it is given.
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from consent.media.{worker} import main; main()"


class NoAnswer(Exception):
    """The process died, was stopped, or gave no answer: it has met a file that is too hard."""


def asked_aside(
    worker: str, arguments: Iterable[object], data: bytes, *, seconds: int
) -> tuple[dict[str, Any], bytes]:
    """What `main` of the module `worker` of this room answers about `data`: a line of JSON, then bytes.

    It gets no environment, and sets its own limits of memory and time. Raises `NoAnswer` if it dies or takes more than
    `seconds`.
    """
    start = [sys.executable, "-I", "-c", START.format(worker=worker), str(settings.BASE_DIR)]
    try:
        done = subprocess.run(
            [*start, *map(str, arguments)],
            input=data,
            capture_output=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoAnswer from error
    if done.returncode != 0:
        raise NoAnswer
    line, _, made = done.stdout.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise NoAnswer from error
    return told, made
