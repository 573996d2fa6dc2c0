"""Everyone on the desk as a row: what each channel would use of them, piece by piece, and what they permitted."""

from dataclasses import dataclass

from consent.wording.rules import ELEMENTS
from posts.clearance.queries import PersonShown
from posts.gate.pieces import Pieces, pieces

from .desk import Desk, VersionOnDesk

IN_WORDS = "In the words"


@dataclass(frozen=True)
class Use:
    """One element in one place: "face", permitted or not."""

    element: str
    permitted: bool


@dataclass(frozen=True)
class Place:
    """The words, or a picture by its number, with what is used of the person there."""

    name: str
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Outcome:
    """What channels use of a person and what of it is permitted; the same on all of `handles`.

    `unstitched` says that every piece is permitted, but by no single permission (R24).
    """

    handles: tuple[str, ...]
    places: tuple[Place, ...]
    unstitched: bool


@dataclass(frozen=True)
class PersonOnDesk:
    """Someone in the post, with their badge and the outcome per channel."""

    shown: PersonShown
    outcomes: tuple[Outcome, ...]


def people_on_desk(desk: Desk) -> list[PersonOnDesk]:
    """A row for everyone in any version, in the order of their aliases. No query: the facts are there."""
    found: dict[int, dict[tuple[tuple[Place, ...], bool], list[str]]] = {}
    for version in desk.versions:
        for said in _pieces(version):
            if said.pieces:
                outcome = (_places(said, version), _is_unstitched(said))
                found.setdefault(said.person, {}).setdefault(outcome, []).append(version.account.handle)
    return [
        PersonOnDesk(
            shown,
            tuple(
                Outcome(tuple(handles), places, unstitched)
                for (places, unstitched), handles in found.get(shown.person.pk, {}).items()
            ),
        )
        for shown in desk.people
    ]


def _pieces(version: VersionOnDesk) -> list[Pieces]:
    """What the version uses of each person in each capacity."""
    facts = version.answer.facts
    uses: dict[tuple[int, str], set[tuple[str, str]]] = {}
    for mention in version.mentions:
        key = (mention.person.pk, mention.capacity)
        uses.setdefault(key, set()).update((element, "") for element in mention.elements)
    for picture in version.pictures:
        for look in picture.looks:
            if look.person_id is not None and not look.masked:
                asset = str(picture.rendition.asset_id)
                shown = {(element, asset) for element in look.elements}
                uses.setdefault((look.person_id, look.capacity), set()).update(shown)
    return [pieces(one, facts, uses.get((one.person.id, one.capacity), ())) for one in facts.people]


def _places(said: Pieces, version: VersionOnDesk) -> tuple[Place, ...]:
    """The pieces by place: the words first, then the pictures in their order."""
    numbers = {str(picture.rendition.asset_id): picture.number for picture in version.pictures}
    by_place: dict[int, list[Use]] = {}
    for piece in said.pieces:
        use = Use(ELEMENTS.get(piece.element, piece.element), piece.permitted)
        by_place.setdefault(numbers.get(piece.asset, 0), []).append(use)
    return tuple(
        Place(f"In picture {number}" if number else IN_WORDS, tuple(uses))
        for number, uses in sorted(by_place.items())
    )


def _is_unstitched(said: Pieces) -> bool:
    return not said.together and all(piece.permitted for piece in said.pieces)
