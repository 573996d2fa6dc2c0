"""Talking to the person at the keyboard: short, plain sentences."""

import sys


class Trouble(Exception):
    """Something that the person must know or do; shown as it is, without a traceback."""


def say(text: str) -> None:
    """One line for the person, at once even through a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
