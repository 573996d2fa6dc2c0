"""Whose home it is, and what the rows of all worklists share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import Membership, Practice
from consent.people.queries import people_of, shown_name


@dataclass(frozen=True)
class Desk:
    """A member at an instant: what they may do decides which duties they see, and which names."""

    member: Membership
    at: datetime

    @property
    def practice(self) -> Practice:
        """The practice whose duties these are."""
        return self.member.practice

    def can(self, ability: str) -> bool:
        """Whether the member holds `ability`."""
        return self.member.can(ability)

    def names(self, person_ids: Collection[int]) -> dict[int, str]:
        """What to call each of these people in front of this member (R54)."""
        people = people_of(self.practice).in_bulk(list(person_ids))
        identify = self.can("person.identify")
        return {pk: shown_name(person, identify=identify) for pk, person in people.items()}
