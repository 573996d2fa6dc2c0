"""Facts as a Decision keeps them, and back again: what replaying starts from."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from consent.records.rules import coarsened

from .facts import AppearanceFacts, AuthorFacts, OriginFacts, PictureFacts, PostFacts
from .reasons import Reason


def forgettable(facts: PostFacts) -> PostFacts:
    """The facts as they may be kept for good: the same verdict, without anyone's days of birth and death.

    What a decision keeps cannot be erased, and somebody in it may ask to be forgotten (design 4).
    """
    return dataclasses.replace(
        facts,
        people=tuple(_forgettable_person(one, facts.at) for one in facts.people),
        pictures=tuple(_forgettable_picture(one, facts.at) for one in facts.pictures),
        origin=facts.origin and _forgettable_origin(facts.origin, facts.at),
    )


def _forgettable_person(one: AppearanceFacts, at: datetime) -> AppearanceFacts:
    return dataclasses.replace(one, person=coarsened(one.person, one.consents, at))


def _forgettable_picture(one: PictureFacts, at: datetime) -> PictureFacts:
    return dataclasses.replace(one, author=one.author and _forgettable_author(one.author, at))


def _forgettable_origin(one: OriginFacts, at: datetime) -> OriginFacts:
    return dataclasses.replace(one, author=_forgettable_author(one.author, at))


def _forgettable_author(one: AuthorFacts, at: datetime) -> AuthorFacts:
    return dataclasses.replace(one, person=one.person and coarsened(one.person, one.licences, at))


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
        hints = _hints(kind)
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


def reason_to_json(reason: Reason) -> dict[str, object]:
    """A reason as a decision keeps it: codes, keys and ids, no names."""
    return {
        "code": reason.code,
        "weight": reason.entry.weight,
        "person": reason.person,
        "asset": reason.asset,
        "keys": list(reason.keys),
        "since": reason.since.isoformat() if reason.since else None,
        "consent": reason.consent,
        "finding": reason.finding,
        "fingerprint": reason.fingerprint,
    }


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields."""
    return typing.get_type_hints(kind)
