"""One rule of one state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from consent.records.rules import Terms

from ..entry import Entry
from ..facts import AppearanceFacts, PlaceFacts, PostFacts


@dataclass(frozen=True)
class PackRule:
    """A state's rule: whom it binds, what it asks, where it is written, when somebody last read that.

    `of_consent` and `of_post` answer True when the rule is *not* satisfied; `lapses` tells when a period is over that
    `of_consent` counts from the signature. No professions means all. A rule that is not `on` was not read at its
    source: it counts only where counsel has turned it on.
    """

    code: str
    title: str
    state: str
    entry: Entry
    checked_on: date
    professions: frozenset[str] = frozenset()
    hospitals_only: bool = False
    of_consent: Callable[[Terms, AppearanceFacts, PostFacts], bool] | None = None
    of_post: Callable[[PostFacts], bool] | None = None
    lapses: Callable[[Terms], datetime] | None = None
    on: bool = True

    def applies(self, facts: PostFacts) -> bool:
        """Whether counsel lets it count and any place the practice speaks from is bound by it: the strictest wins."""
        return facts.switches.get(self.code, self.on) and any(self.binds(place) for place in facts.places)

    def binds(self, place: PlaceFacts) -> bool:
        """Whether whoever speaks from there is bound by it, counsel's switch aside."""
        return (
            place.state == self.state
            and (not self.professions or place.profession in self.professions)
            and (place.hospital or not self.hospitals_only)
        )
