"""Under which pieces somebody is found in a text: parts of a name, and whole numbers. No Django.

What is stored is each piece's keyed hash. A name of two words that is written with one wrong letter still has one word
right and, of the other, all before or all behind the letter: so half a word beside a whole one is a piece, and whoever
asks looks at the names found and compares them letter by letter (design section 9; R34, R36).
"""

import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .names import folded, folded_words

UNITS_AT_MOST = 4
# Words within a name that do not tell people apart, or that stand behind it.
PARTICLES = frozenset(
    folded_words(
        "de la del las los van von der den ter al el bin ibn da das do dos di du le st san santa y e"
    )
)
SUFFIXES = frozenset(folded_words("jr sr ii iii iv md phd"))
# A handle stands among the numbers in other systems, under the name of its network.
NETWORKS = frozenset(
    folded_words(
        "instagram insta facebook twitter tiktok threads bluesky mastodon youtube linkedin snapchat handle"
    )
)
_HANDLE_PARTS = re.compile(r"[^\w]|_")


@dataclass(frozen=True)
class OnRecord:
    """What is on record of somebody that a text may hold: names, telephone numbers, numbers in other systems."""

    names: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()

    def pieces(self) -> set[str]:
        """Everything under which they are found."""
        found = {
            piece
            for given, family in self.names
            for first in name_units(given)
            for last in name_units(family)
            for piece in pair_pieces(first, last)
        }
        found |= {phone_piece(phone) for phone in self.phones}
        return found | {piece for system, value in self.identifiers for piece in _numbered(system, value)}


def hashed(key: bytes, practice: int, piece: str) -> int:
    """The piece's keyed hash: HMAC-SHA256 of the practice and the piece, cut to the 64 bits of a column."""
    whole = hmac.digest(key, f"{practice}:{piece}".encode(), "sha256")
    return int.from_bytes(whole[:8], "big", signed=True)


def name_units(name: str) -> tuple[str, ...]:
    """The words of a given or a family name that tell people apart; what a hyphen or particles join also as one.

    "de la Cruz" is cruz and delacruz, "Smith-Jones" smith, jones and smithjones.
    """
    found: dict[str, None] = {}
    before = ""
    for chunk in name.split():
        parts = folded(chunk).split()
        if len(parts) == 1 and parts[0] in PARTICLES:
            before += parts[0]
            continue
        kept = [part for part in parts if len(part) > 1 and part not in SUFFIXES]
        found |= dict.fromkeys(kept)
        joined = before + "".join(kept)
        if kept and (before or len(kept) > 1):
            found[joined] = None
        before = ""
    # Le, Van and Di are names themselves where nothing follows.
    return tuple(found)[:UNITS_AT_MOST] or ((before,) if len(before) > 1 else ())


def half(length: int) -> int:
    """How many letters before the wrong one, or behind it, are sure to be right: of two swapped ones, too."""
    return length if length < 3 else (length - 1) // 2


def pair_pieces(given: str, family: str) -> Iterator[str]:
    """The pieces of a given and a family name."""
    yield before_in_family(given, family[: half(len(family))])
    yield before_in_given(given[: half(len(given))], family)
    if len(family) > 2:
        yield behind_in_family(given, family[-half(len(family)) :])
    if len(given) > 2:
        yield behind_in_given(given[-half(len(given)) :], family)
    yield given_and_letter(given, family[0])
    yield letter_and_family(given[0], family)


def before_in_family(given: str, beginning: str) -> str:
    """A given name and how the family name begins."""
    return f"a {given} {beginning}"


def behind_in_family(given: str, ending: str) -> str:
    """A given name and how the family name ends."""
    return f"b {given} {ending}"


def before_in_given(beginning: str, family: str) -> str:
    """How the given name begins, and a family name."""
    return f"c {beginning} {family}"


def behind_in_given(ending: str, family: str) -> str:
    """How the given name ends, and a family name."""
    return f"d {ending} {family}"


def given_and_letter(given: str, letter: str) -> str:
    """As in "Maria F."."""
    return f"e {given} {letter}"


def letter_and_family(letter: str, family: str) -> str:
    """As in "M. Fernandez"."""
    return f"i {letter} {family}"


def phone_piece(number: str) -> str:
    """A telephone number in its normal form (`normal_contact`)."""
    return f"p {number}"


def record_number(value: str) -> str:
    """A number in another system without what only divides it; nothing if it has no figure."""
    plain = "".join(folded(value).split())
    if not any(one.isdigit() for one in plain):
        return ""
    return plain.lstrip("0") if plain.isdigit() else plain


def number_piece(number: str) -> str:
    """A number in another system (`record_number`)."""
    return f"m {number}"


def handle(value: str) -> str:
    """A name on a social network without what only divides it."""
    return _HANDLE_PARTS.sub("", value.casefold())


def handle_piece(plain: str) -> str:
    """A name on a social network (`handle`)."""
    return f"h {plain}"


def _numbered(system: str, value: str) -> Iterator[str]:
    """The piece of a number in another system, or of a handle."""
    network = folded(system)
    if value.startswith("@") or network == "x" or set(network.split()) & NETWORKS:
        if plain := handle(value):
            yield handle_piece(plain)
    elif len(number := record_number(value)) > 2:
        yield number_piece(number)


def is_near(one: str, other: str) -> bool:
    """Whether one letter makes the difference: a wrong, a missing, a further one, or two that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    first = next((at for at in range(min(len(one), len(other))) if one[at] != other[at]), None)
    if first is None:
        return True
    rest, others = one[first:], other[first:]
    if len(one) != len(other):
        return rest[1:] == others or rest == others[1:]
    return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
