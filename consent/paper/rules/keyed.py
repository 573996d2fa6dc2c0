"""What was keyed from a paper form, how two keyings differ, and what is wrong with the form. No Django."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# The lists of the form that the signer ticks on paper, in its order.
TICKED = ("elements", "platforms", "formats", "paid", "only_this_post", "edits", "purposes", "ties", "assent")
FIRST, SECOND = "first", "second"


@dataclass(frozen=True, kw_only=True)
class Keyed:
    """A form as one person read it: the ticks by list, the words written beside them, its end, and its signature."""

    ticks: Mapping[str, frozenset[str]]
    details: Mapping[str, str] = field(default_factory=dict)
    ends_on: date | None = None
    ends_event: str = ""
    is_signed: bool
    signed_on: date | None = None
    name: str = ""

    @property
    def said(self) -> dict[str, Any]:
        """What of it names nobody, as kept."""
        return {
            "ticks": {name: sorted(keys) for name, keys in self.ticks.items()},
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
            "ends_event": self.ends_event,
            "is_signed": self.is_signed,
            "signed_on": self.signed_on.isoformat() if self.signed_on else "",
        }

    @property
    def words(self) -> dict[str, Any]:
        """What was written by hand, as kept apart."""
        return {"name": self.name, "details": dict(self.details)}

    @classmethod
    def read(cls, said: Mapping[str, Any], words: Mapping[str, Any]) -> "Keyed":
        """As kept by `said` and `words`."""
        return cls(
            ticks={name: frozenset(keys) for name, keys in said["ticks"].items()},
            details=dict(words.get("details", {})),
            ends_on=_day(said["ends_on"]),
            ends_event=said["ends_event"],
            is_signed=said["is_signed"],
            signed_on=_day(said["signed_on"]),
            name=words.get("name", ""),
        )


@dataclass(frozen=True)
class Difference:
    """One thing that two people read differently. `key` names it: ``elements:face``, ``ends_on``, ``detail:other``."""

    key: str
    first: Any
    second: Any


def differences(first: Keyed, second: Keyed) -> list[Difference]:
    """What the second keying says otherwise, tick by tick, in the order of the form."""
    return list(_differences(first, second))


def _differences(first: Keyed, second: Keyed) -> Iterator[Difference]:
    for name in TICKED:
        one, other = first.ticks.get(name, frozenset()), second.ticks.get(name, frozenset())
        for key in sorted(one ^ other):
            yield Difference(f"{name}:{key}", key in one, key in other)
    for key in sorted(first.details.keys() | second.details.keys()):
        words = first.details.get(key, ""), second.details.get(key, "")
        if _plain(words[0]) != _plain(words[1]):
            yield Difference(f"detail:{key}", *words)
    for name in ("ends_on", "ends_event", "is_signed", "signed_on"):
        if getattr(first, name) != getattr(second, name):
            yield Difference(name, getattr(first, name), getattr(second, name))
    if _plain(first.name) != _plain(second.name):
        yield Difference("name", first.name, second.name)


def settled(first: Keyed, second: Keyed, chosen: Mapping[str, str]) -> Keyed:
    """The form as both agree on it: each difference as `chosen` (``first`` or ``second``) says.

    Raises `KeyError` while one of them is not settled.
    """
    ticks = {name: set(second.ticks.get(name, ())) for name in TICKED}
    details = dict(second.details)
    fields: dict[str, Any] = {
        name: getattr(second, name) for name in ("ends_on", "ends_event", "is_signed", "signed_on", "name")
    }
    for one in differences(first, second):
        if chosen[one.key] != FIRST:
            continue
        what, _, key = one.key.partition(":")
        if what == "detail":
            details[key] = one.first
        elif key:
            (ticks[what].add if one.first else ticks[what].discard)(key)
        else:
            fields[what] = one.first
    kept = {name: frozenset(keys) for name, keys in ticks.items() if keys}
    marked = {key for keys in kept.values() for key in keys}
    return Keyed(
        ticks=kept, details={k: words for k, words in details.items() if k in marked and words}, **fields
    )


def defects_of(
    keyed: Keyed, *, signer: str, is_whole: bool, asks_assent: bool, must_say: Collection[str]
) -> list[str]:
    """What is wrong with the form as it came back, as keys of `records.rules.DEFECTS`; a blank end is a reason of
    its own there. `must_say` are the lists on which something has to be marked (R6, R7, R13, R74)."""
    found = {
        "not_signed": not keyed.is_signed,
        "not_dated": keyed.is_signed and keyed.signed_on is None,
        "another_name": bool(keyed.name) and not _alike(keyed.name, signer),
        "not_filled_out": not all(keyed.ticks.get(name) for name in must_say)
        or (asks_assent and not keyed.ticks.get("assent")),
        "assent_refused": "no" in keyed.ticks.get("assent", ()),
        "pages_missing": not is_whole,
    }
    return sorted(name for name, is_so in found.items() if is_so)


def _alike(written: str, signer: str) -> bool:
    """Whether the written name shares its last word, or any two, with the signer's: people shorten their names."""
    one, other = _plain(written).split(), _plain(signer).split()
    return bool(other) and (other[-1] in one or len(set(one) & set(other)) > 1)


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(c if c.isalnum() else " " for c in spread if not unicodedata.combining(c)).split()
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
