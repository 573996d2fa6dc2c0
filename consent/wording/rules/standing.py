"""Which versions may be offered at an instant, and why the others may not. No Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

STATES = {
    "offered": "offered",
    "later": "offered later",
    "replaced": "replaced by a newer version",
    "stale": "not offered: the form it translates has changed",
    "unreviewed": "not offered: nobody has reviewed the translation",
    "withdrawn": "withdrawn",
}


@dataclass(frozen=True)
class State:
    """What a version is decided by: its form, language and master, its days, and whether a reviewer is named."""

    pk: int
    template: int
    language: str
    master: int | None
    effective_from: datetime
    withdrawn_at: datetime | None
    is_reviewed: bool


def states(versions: Iterable[State], at: datetime) -> dict[int, str]:
    """The key in `STATES` of every version, by its id.

    The newest in effect of each form and language is offered; a translation only if a reviewer is named and it
    translates the newest master in effect (45 CFR 92.201(c)(3); R95).
    """
    told: dict[int, str] = {}
    newest: dict[tuple[int, bool, str], State] = {}
    for one in sorted(versions, key=lambda one: (one.effective_from, one.pk), reverse=True):
        key = (one.template, one.master is None, one.language)
        if one.withdrawn_at is not None and one.withdrawn_at <= at:
            told[one.pk] = "withdrawn"
        elif one.effective_from > at:
            told[one.pk] = "later"
        elif key in newest:
            told[one.pk] = "replaced"
        else:
            newest[key] = one
    masters = {one.pk for one in newest.values() if one.master is None}
    return told | {one.pk: _current(one, masters) for one in newest.values()}


def _current(one: State, masters: set[int]) -> str:
    if one.master is None:
        return "offered"
    if one.master not in masters:
        return "stale"
    return "offered" if one.is_reviewed else "unreviewed"
