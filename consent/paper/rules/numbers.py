"""The number of a printed form, and the code that says it on every page. No Django.

Letters and digits that look like others, and vowels, are left out; what is left is a prime count, so that the last
character catches every single wrong one and every two that are swapped.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

LETTERS = "23456789CDFHJKMNPRTVWXY"
LENGTH = 8
CODE = re.compile(rf"POSTERN:([{LETTERS}]{{{LENGTH}}}):([1-9][0-9]?)")
MAX_PAGES = 40


@dataclass(frozen=True)
class PageCode:
    """What the code on one page says: of which request it is, and which page."""

    number: str
    page: int


def new_number(choose: Callable[[str], str]) -> str:
    """A number whose free characters `choose` picks, as `secrets.choice` does."""
    free = "".join(choose(LETTERS) for _ in range(LENGTH - 1))
    return free + _check(free)


def read_number(typed: str) -> str:
    """The number as kept, if what somebody typed is one; empty if a character is wrong. Gaps and case do not matter."""
    plain = re.sub(r"[\s\-–.]", "", typed).upper()
    is_one = len(plain) == LENGTH and set(plain) <= set(LETTERS) and plain[-1] == _check(plain[:-1])
    return plain if is_one else ""


def shown_number(number: str) -> str:
    """The number as people read it: four and four."""
    return f"{number[:4]}-{number[4:]}"


def code_text(number: str, page: int) -> str:
    """What the code on a page says: letters that a QR code keeps short."""
    return f"POSTERN:{number}:{page}"


def read_code(text: str) -> PageCode | None:
    """What a code says if it is one of ours; None for any other code on the paper."""
    found = CODE.fullmatch(text)
    if found is None or not read_number(found[1]):
        return None
    return PageCode(found[1], int(found[2]))


def _check(free: str) -> str:
    """The character that makes the weighted sum of all a multiple of their count."""
    total = sum(weight * LETTERS.index(letter) for weight, letter in enumerate(free, start=2))
    return LETTERS[-total % len(LETTERS)]
