"""A file that somebody sent is opened by a process of its own, with nothing of ours in its reach."""

import json
import os
import subprocess
import sys
from typing import Any

from .rules import PictureRefused


def asked_aside(program: list[str], data: bytes, *, seconds: int) -> tuple[dict[str, Any], bytes]:
    """What a Python `program` (file or switches, with its arguments) answers about `data`: a line of JSON, then bytes.

    It gets no environment, and sets its own limits of memory and time. Raises `PictureRefused` if it dies or takes
    more than `seconds`: it has met a file that is too hard.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", *program],
            input=data,
            capture_output=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PictureRefused("too_hard") from error
    if done.returncode != 0:
        raise PictureRefused("too_hard")
    line, _, made = done.stdout.partition(b"\n")
    return json.loads(line), made
