"""A practice with people who agreed, and posts about one to three of them that are always due soon."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from consent.people.models import Person
from consent.records.models import Consent, Hold
from posts.channels.models import ChannelAccount
from posts.clearance.actions import GateRefused
from posts.content.models import Mention, Version, VersionMedia
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery
from tests.cast import Cast, by, make_person
from tests.consents import given_authority, signed_consent
from tests.posts.outgoing import PIXEL, approved, given_account, given_rendition, given_version

SIGNED_BEFORE = timedelta(days=30)
ENDS_AFTER = timedelta(days=300)
BORN, CHILD_BORN = date(1984, 3, 2), date(2017, 5, 5)
SOON = 0.5


@dataclass
class Subject:
    """Somebody who agreed, and to what."""

    person: Person
    consent: Consent


@dataclass
class Practice:
    """`living` are those whose consent stands, by the person's number."""

    chance: random.Random
    cast: Cast = field(default_factory=Cast)
    living: dict[int, Subject] = field(default_factory=dict)
    held: list[tuple[datetime, Hold, Subject]] = field(default_factory=list)
    scheduled: int = 0
    refused: int = 0
    made: int = 0

    @property
    def account(self) -> ChannelAccount:
        """Its account on the lossy network."""
        return given_account(self.cast, "scripted")

    def populate(self, count: int) -> None:
        """As many people as there were in the beginning: those who withdrew are followed by others."""
        while len(self.living) + len(self.held) < count:
            subject = self._sign()
            self.living[subject.person.pk] = subject

    def stranger(self) -> Person:
        """Somebody without any consent: the other half of a merge."""
        self.made += 1
        return make_person(self.cast.practice, f"P{self.made}", "Ruiz", BORN)

    def fill_queue(self, length: int, most: int = 1) -> None:
        """Schedule posts, a few at a time, while fewer than `length` wait."""
        waiting = Delivery.objects.filter(state=Delivery.State.SCHEDULED).count()
        for _ in range(min(most, length - waiting)):
            self._schedule_one()

    def _sign(self) -> Subject:
        """Mostly adults; some children, for whom a parent signs; some permissions that end with an event."""
        now, kind = timezone.now(), self.chance.random()
        signed: dict[str, Any] = {"signed_at": now - SIGNED_BEFORE, "ends_on": (now + ENDS_AFTER).date()}
        if kind < 0.15:
            signed |= {"ends_on": None, "ends_event": "end_of_treatment"}
        person = self.stranger()
        if kind > 0.75:
            person.date_of_birth = CHILD_BORN
            person.save()
            parent = make_person(self.cast.practice, f"Parent {self.made}", "Ruiz", BORN, "representative")
            authority = given_authority(
                self.cast, person, parent, verified_at=signed["signed_at"], created_at=signed["signed_at"]
            )
            signed |= {"signer": parent, "representation": authority}
        return Subject(person, signed_consent(self.cast, person, **signed))

    def _schedule_one(self) -> None:
        """Some are mentioned, some shown, some both; the gate may know by now that one has withdrawn."""
        count = self.chance.choice((1, 1, 2, 3))
        people = [one.person for one in self.chance.sample(list(self.living.values()), count)]
        version = self._post(people)
        at = timezone.now()
        due_at = at + timedelta(seconds=self.chance.uniform(0, SOON))
        try:
            schedule(version=version, due_at=due_at, by=by(self.cast.dan), at=at)
            self.scheduled += 1
        except GateRefused:
            self.refused += 1

    def _post(self, people: list[Person]) -> Version:
        self.made += 1
        version = given_version(self.cast, self.account, caption=f"Post {self.made}")
        shown = [person for person in people if self.chance.random() < 0.5]
        for person in [one for one in people if one not in shown or self.chance.random() < 0.3]:
            Mention.objects.create(version=version, person=person, elements=["first_name"])
        if shown:
            picture = given_rendition(self.cast, *shown, content=PIXEL + str(self.made).encode())
            VersionMedia.objects.create(version=version, rendition=picture, position=0, alt_text="A bell.")
        return approved(self.cast, version, at=timezone.now() - timedelta(hours=1))
