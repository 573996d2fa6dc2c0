"""What a channel can do, what it is handed, and the closed set of its answers. No Django.

Nothing but a documented refusal is definite: a 5xx, a reset, a time-out or an unreadable success is `Unknown`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

# What an adapter wants to find its prepared things again by; kept with the attempt as JSON.
Handle = Mapping[str, Any]


@dataclass(frozen=True)
class Capability:
    """The capability record of an adapter (design 7.8). `verified_against` says what it was tried on, and when.

    `idempotency`: committing twice under one key shows one post. `probe`: absence can be seen, not only presence.
    `two_phase`: something is prepared, invisible, before the commit; preparing is a disclosure already (R45).
    `takedown_residuals`: what stays out of reach after a takedown, in plain words for the person.
    """

    can_delete: bool = False
    video: bool = False
    idempotency: bool = False
    probe: bool = False
    alt_text: bool = False
    can_hide_comment: bool = False
    two_phase: bool = False
    by_hand: bool = False
    takedown_residuals: str = ""
    verified_against: str = ""
    verified_on: date | None = None


@dataclass(frozen=True)
class ParcelPicture:
    """A picture as approved. `read` returns its bytes, checked against `sha256`."""

    sha256: str
    media_type: str
    width: int
    height: int
    alt_text: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Parcel:
    """All that an adapter is given: final words and pictures, our key, and the consents that they rest on.

    `uses` says for each consent which elements and assets of its person are used (lists as in `part_touches`).
    """

    key: str
    caption: str
    disclosure: str
    format: str
    pictures: tuple[ParcelPicture, ...] = ()
    consent_ids: tuple[int, ...] = ()
    uses: Mapping[int, Mapping[str, Collection[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Trace:
    """What we know of something sent earlier: our key, the network's id if it told us, what was prepared."""

    key: str
    remote_id: str = ""
    prepared: Handle = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """Uploaded and invisible; `handle` finds it again."""

    handle: Handle


@dataclass(frozen=True)
class Done:
    """It is out (or gone, when deleting): the network said so."""

    remote_id: str = ""
    url: str = ""


@dataclass(frozen=True)
class Refused:
    """A documented refusal: nothing happened. `permanent`: trying again would not help."""

    detail: str
    permanent: bool


@dataclass(frozen=True)
class Unknown:
    """It may or may not have happened."""

    detail: str


@dataclass(frozen=True)
class Present:
    """A probe found it."""

    remote_id: str = ""
    url: str = ""


@dataclass(frozen=True)
class Absent:
    """A probe looked in the right place and found nothing."""


PrepareAnswer = Prepared | Refused | Unknown
CommitAnswer = Done | Refused | Unknown
ProbeAnswer = Present | Absent | Unknown

AdapterKey = Literal["wall", "by_hand"]

# The adapters that an owner can choose, and on which platforms.
OFFERED: dict[str, str] = {
    "wall": "Postern shows it on the practice wall",
    "by_hand": "Someone posts it by hand",
}
WALL_PLATFORM = "website"


def part_touches(
    part: Mapping[str, Collection[str]], used: Mapping[str, Collection[str]], platform: str
) -> bool:
    """Whether a revocation takes back something that was used; an empty part takes back everything (R17).

    `used` lists elements and assets of that person; a list that is missing is not known, and counts as used.
    """
    known = {"platforms": {platform}, **used}
    return not part or any(name not in known or set(keys) & set(known[name]) for name, keys in part.items())
