"""Given names that may stand for one another: Lupita for Guadalupe, Bill for William."""

from collections import defaultdict
from functools import cache

from .lexicon import lines


@cache
def _groups() -> dict[str, frozenset[str]]:
    """All names that share a line of the list with each."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines("nicknames.txt"):
        names = line.split()
        for name in names:
            found[name] |= set(names)
    return {name: frozenset(others) for name, others in found.items()}


def called_too(given: str) -> frozenset[str]:
    """The given name, and every other that may mean the same person."""
    return _groups().get(given, frozenset()) | {given}
