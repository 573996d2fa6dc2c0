"""What a person's badge says, and what a consent still covers today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .scope import Scope
from .terms import PersonFacts, Terms, ends_at, ends_on_a_birthday
from .validity import holds, problems

SOON = timedelta(days=30)


def remaining(terms: Terms, person: PersonFacts, at: datetime) -> Scope:
    """What the consent still covers at `at`: its scope less partial revocations, nothing if it does not hold."""
    if not holds(terms, person, at):
        return Scope()
    gone = {name: frozenset[str]() for name in Scope.LISTS}
    for revocation in terms.revocations:
        if revocation.received_at <= at:
            for name, keys in revocation.part.items():
                gone[name] |= keys
    lists = {name: getattr(terms.scope, name) - gone[name] for name in Scope.LISTS}
    return Scope(paid=terms.scope.paid, edits=terms.scope.edits, asked=terms.scope.asked, **lists)


def allows_anything(kind: str, covers: Scope) -> bool:
    """Whether anything could still be shared on it: a thing somewhere; a licence names places alone (R96)."""
    return bool(covers.platforms and (covers.elements or kind == "licence"))


STANDINGS = {
    "on_file": "On file",
    "soon": "Ends soon",
    "hold": "On hold",
    "conflict": "Conflict",
    "incomplete": "Incomplete",
    "withdrawn": "Withdrawn",
    "expired": "Expired",
    "none": "Nothing on file",
}
_KEY_OF_CODE = {
    "CONSENT_SUSPENDED": "hold",
    "CONSENT_REVOKED": "withdrawn",
    "CONSENT_EXPIRED": "expired",
    "MINOR_NOW_ADULT": "expired",
}


@dataclass(frozen=True)
class Standing:
    """What a person's badge says: the key of `STANDINGS`, until when or since when, and why.

    `is_birthday` says that it ends on the 18th birthday: pages do not name that day to who may not know it (R54).
    """

    key: str
    at: datetime | None = None
    codes: tuple[str, ...] = ()
    is_birthday: bool = False

    @property
    def label(self) -> str:
        """The word on the badge."""
        return STANDINGS[self.key]


def standing(
    consents: Iterable[Terms], person: PersonFacts, at: datetime, disputed_since: datetime | None = None
) -> Standing:
    """The best of a person's consents at `at`; a hold comes before everything, it stops them all (R17).

    `disputed_since` is since when two who may sign disagree: a hold as well, which only its settling lifts.
    """
    if disputed_since is not None and disputed_since <= at:
        return Standing("conflict", disputed_since, ("CONSENT_SUSPENDED",))
    if person.held_since is not None and person.held_since <= at:
        return Standing("hold", person.held_since, ("CONSENT_SUSPENDED",))
    found = [_standing_of(terms, person, at) for terms in consents]
    order = ("on_file", "soon", "hold", "conflict", "incomplete", "withdrawn", "expired")
    return min(found, key=lambda one: order.index(one.key), default=Standing("none"))


def _standing_of(terms: Terms, person: PersonFacts, at: datetime) -> Standing:
    """The standing that one consent gives."""
    against = list(problems(terms, person, at))
    if not against:
        end = ends_at(terms, person)
        key = "soon" if end and end - at <= SOON else "on_file"
        return Standing(key, end, is_birthday=ends_on_a_birthday(terms, person))
    for code, key in _KEY_OF_CODE.items():
        for problem in against:
            if problem.code == code:
                return Standing(key, problem.since, tuple(p.code for p in against))
    return Standing("incomplete", None, tuple(p.code for p in against))
