"""Which single uses of a person are permitted: word by word, picture by picture. It explains; `decide` decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from consent.records.rules import out_of_protection

from .facts import AppearanceFacts, PostFacts
from .rules import sufficient


@dataclass(frozen=True)
class Piece:
    """One element of a person in the words (`asset` is "") or in one picture, and whether it is permitted there."""

    element: str
    asset: str
    permitted: bool


@dataclass(frozen=True)
class Pieces:
    """What a version uses of one person, piece by piece, and whether one permission covers all of it together.

    All pieces may be permitted while `together` is not: two permissions are never stitched (R24).
    """

    person: int
    capacity: str
    pieces: tuple[Piece, ...]
    together: bool


def pieces(appearance: AppearanceFacts, facts: PostFacts, uses: Iterable[tuple[str, str]]) -> Pieces:
    """Ask about each of `uses`, pairs of element and asset, by itself; the asset is "" for the words."""
    asked = sorted(set(uses), key=lambda use: (use[1] != "", use[1], use[0]))
    return Pieces(
        appearance.person.id,
        appearance.capacity,
        tuple(
            Piece(element, asset, _covered(_only(appearance, element, asset), facts))
            for element, asset in asked
        ),
        _covered(appearance, facts),
    )


def _only(appearance: AppearanceFacts, element: str, asset: str) -> AppearanceFacts:
    """The person as if the version used this one element, in this one place."""
    here = frozenset({element})
    if not asset:
        return replace(appearance, in_words=here, in_pictures=frozenset(), assets=frozenset())
    return replace(appearance, in_words=frozenset(), in_pictures=here, assets=frozenset({asset}))


def _covered(appearance: AppearanceFacts, facts: PostFacts) -> bool:
    return out_of_protection(appearance.person, facts.at) or sufficient(appearance, facts) is not None
