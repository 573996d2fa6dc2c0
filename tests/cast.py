"""The cast: named people with known rights, introduced once. All of them are invented.

Staff of *Riverbend Family Practice*: Olga (owner), Dan (marketer), Mia (second marketer), Eve (compliance officer),
Finn and Freya (front desk), Paul (privacy role), Aida (auditor). Zed belongs to *Hilltop Dental*, another practice.
Patients: Ana Ruiz (adult), Bea Ruiz (nine), Carla Ruiz (her mother), Vic Stone (visitor), Nora Nurse (staff).
"""

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from consent.access.models import Location, LocationFacts, Membership, Practice, User
from consent.audit.rules import Actor
from consent.people.actions import index_words, keep_on_roster
from consent.people.models import Person, PersonName, Relation
from consent.workforce.models import Policy, PolicyAttestation, Training

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TRAINED_AT = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough password"
PIN = "4711"


class Cast:
    """Lazily made rows: ``cast.dan`` is the marketer, ``cast.ana`` the adult patient."""

    def __init__(self) -> None:
        self._users: dict[str, User] = {}

    @cached_property
    def practice(self) -> Practice:
        return make_practice("riverbend", "Riverbend Family Practice")

    @cached_property
    def other_practice(self) -> Practice:
        return make_practice("hilltop", "Hilltop Dental")

    @cached_property
    def location(self) -> Location:
        return make_location(self.practice, "Main Street")

    def staff(self, name: str, role: str, practice: Practice | None = None) -> User:
        if name not in self._users:
            user = User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name, is_demo=True)
            user.set_pin(PIN)
            user.save()
            Membership.objects.create(practice=practice or self.practice, user=user, roles=[role], since=NOW)
            self._users[name] = user
            if role == "compliance":
                trained(user, practice or self.practice)
        return self._users[name]

    olga = property(lambda self: self.staff("Olga", "owner"))
    dan = property(lambda self: self.staff("Dan", "marketer"))
    mia = property(lambda self: self.staff("Mia", "marketer"))
    eve = property(lambda self: self.staff("Eve", "compliance"))
    finn = property(lambda self: self.staff("Finn", "front_desk"))
    freya = property(lambda self: self.staff("Freya", "front_desk"))
    paul = property(lambda self: self.staff("Paul", "privacy"))
    aida = property(lambda self: self.staff("Aida", "auditor"))
    zed = property(lambda self: self.staff("Zed", "owner", self.other_practice))

    @cached_property
    def ana(self) -> Person:
        return make_person(self.practice, "Ana", "Ruiz", date(1984, 3, 2))

    @cached_property
    def bea(self) -> Person:
        return make_person(self.practice, "Bea", "Ruiz", date(2017, 5, 5))

    @cached_property
    def carla(self) -> Person:
        return make_person(self.practice, "Carla", "Ruiz", date(1990, 7, 7), "representative")

    @cached_property
    def vic(self) -> Person:
        return make_person(self.practice, "Vic", "Stone", date(1979, 1, 1), "visitor")

    @cached_property
    def nora(self) -> Person:
        return make_person(self.practice, "Nora", "Nurse", date(1988, 1, 1), "staff")


def trained(user: User, practice: Practice, *, until: datetime = NOW + timedelta(days=300)) -> None:
    """The user was trained in January, and has signed the policy in force since then."""
    policy, _ = Policy.objects.get_or_create(
        practice=practice,
        version="1",
        defaults={"text": "Ask first.", "effective_from": TRAINED_AT, "recorded_at": TRAINED_AT},
    )
    at = {"practice": practice, "user": user}
    PolicyAttestation.objects.create(**at, policy=policy, attested_at=TRAINED_AT)
    Training.objects.create(
        **at, course="Privacy", completed_at=TRAINED_AT, expires_at=until, recorded_at=TRAINED_AT
    )


def by(user: User) -> Actor:
    """The actor of a signed-in user."""
    return Actor("user", str(user.pk))


def make_practice(slug: str, name: str, **fields: Any) -> Practice:
    """A practice in Ohio whose clock is New York's; the word screen is off unless a test is about it."""
    fields.setdefault("screens_words", False)
    return Practice.objects.create(
        slug=slug,
        name=name,
        phone="(555) 010-0100",
        privacy_officer="Eve Example",
        privacy_email=f"privacy@{slug}.example.org",
        time_zone="America/New_York",
        **fields,
    )


def make_location(
    practice: Practice, name: str, *, state: str = "OH", profession: str = "physician"
) -> Location:
    """A location with facts since 2020."""
    location = Location.objects.create(practice=practice, name=name)
    LocationFacts.objects.create(
        practice=practice,
        location=location,
        from_date=date(2020, 1, 1),
        legal_entity=f"{practice.name} LLC",
        state=state,
        profession=profession,
        time_zone=practice.time_zone,
    )
    return location


def make_person(practice: Practice, given: str, family: str, born: date, *relations: str) -> Person:
    """A person with a name and relations (default: patient)."""
    person = Person.objects.create(practice=practice, alias=given, date_of_birth=born, created_at=NOW)
    PersonName.objects.create(practice=practice, person=person, given=given, family=family)
    for kind in relations or ("patient",):
        Relation.objects.create(practice=practice, person=person, kind=kind, since=date(2020, 1, 1))
    index_words(person)
    keep_on_roster(person)
    return person
