"""The facts of one version at one instant, as the gate is handed them. Frozen; knowing nothing means no.

Everything here is identifiers, keys, digests and instants: a Decision keeps its facts, and they name nobody.
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from consent.records.rules import PersonFacts, Terms


@dataclass(frozen=True)
class ChannelFacts:
    """Where it would go."""

    account: int
    platform: str
    audience: str
    entity: str
    open: bool = False
    can_take_down: bool = False


@dataclass(frozen=True)
class AppearanceFacts:
    """A person whom the version shows or mentions: what is used of them, in which pictures, and their consents.

    `capacity` is patient unless someone said otherwise. `in_words` are the elements that the text uses,
    `in_pictures` those that the assets show.
    """

    person: PersonFacts
    capacity: str = "patient"
    in_words: frozenset[str] = frozenset()
    in_pictures: frozenset[str] = frozenset()
    assets: frozenset[str] = frozenset()
    consents: tuple[Terms, ...] = ()

    @property
    def elements(self) -> frozenset[str]:
        """Everything of the person that is used."""
        return self.in_words | self.in_pictures


@dataclass(frozen=True)
class PictureFacts:
    """An asset in the version."""

    asset: str
    sha256: str
    position: int
    metadata_stripped: bool = False
    alt_text: bool = False
    people_known: bool = False
    user_content: bool = False
    author: PersonFacts | None = None
    licences: tuple[Terms, ...] = ()


@dataclass(frozen=True)
class ApprovalFacts:
    """An approval and the digest it was given to."""

    digest: str
    by: int
    at: datetime


@dataclass(frozen=True)
class PostFacts:
    """All that the gate may know. `final` asks "may it go out now?"; otherwise "could it, once approved?"."""

    at: datetime
    final: bool
    post: str
    version: int
    kind: str
    digest: str
    channel: ChannelFacts
    format: str
    purpose: str
    paid: bool = True
    third_party_pays: bool = False
    disclosure: bool = False
    people: tuple[AppearanceFacts, ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    author: int | None = None
    approval: ApprovalFacts | None = None
    attested_digest: str = ""


def to_json(value: Any) -> Any:
    """Facts as JSON: sorted lists for sets, ISO 8601 for instants and days."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value


def from_json(kind: Any, stored: Any) -> Any:
    """The facts of type `kind` that `to_json` wrote: what replaying a decision starts from."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: from_json(hints[name], item) for name, item in stored.items()})
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if stored is None else from_json(next(t for t in inner if t is not type(None)), stored)
    if origin is frozenset:
        return frozenset(stored)
    if origin is tuple:
        return tuple(from_json(inner[0], item) for item in stored)
    if origin is not None and issubclass(origin, Mapping):
        return {key: from_json(inner[1], item) for key, item in stored.items()}
    if kind in (datetime, date):
        return kind.fromisoformat(stored)
    return stored
