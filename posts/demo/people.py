"""The people of the demo. All are invented; every one has another standing."""

from datetime import date, timedelta

from consent.people.actions import add_contact_point, add_person, add_representation, verify_contact_point
from consent.people.models import Representation

from .world import World

BORN = {
    "Rosa": date(1958, 4, 11),
    "Sam": date(1979, 9, 30),
    "Nora": date(1988, 1, 17),
    "Maria": date(1984, 3, 2),
    "Wendy": date(1966, 12, 5),
    "Henry": date(1991, 7, 21),
    "Paula": date(1973, 5, 9),
    "Ivy": date(1995, 10, 28),
    "Nadia": date(1982, 6, 14),
    "Elena": date(1987, 8, 3),
    "Lucía": date(1969, 2, 23),
    "Tom": date(1977, 11, 19),
    "Grace": date(1984, 10, 2),
    "Peter": date(1981, 1, 25),
    "Iris": date(1990, 5, 12),
    "Walt": date(1963, 3, 8),
    "Rita": date(1975, 9, 17),
}
FAMILY = {
    "Rosa": "Lindgren",
    "Sam": "Okafor",
    "Nora": "Whitfield",
    "Maria": "Vega",
    "Wendy": "Pruitt",
    "Henry": "Adeyemi",
    "Paula": "Brandt",
    "Ivy": "Chen",
    "Nadia": "Haddad",
    "Elena": "Ortega",
    "Liam": "Ortega",
    "Lucía": "Gómez",
    "Tom": "Baker",
    "Grace": "Novak",
    "Peter": "Novak",
    "Noah": "Novak",
    "Zoe": "Novak",
    "Iris": "Moreau",
    "Walt": "Hansen",
    "Rita": "Castillo",
}
YEARS_OF_CHILDREN = {"Liam": 9, "Noah": 11}
ZOE_GROWS_UP_IN = timedelta(days=40)


def enters(world: World, name: str, relation: str = "patient", language: str = "en") -> None:
    """Finn adds somebody at the desk."""
    world.people[name] = add_person(
        practice=world.practice,
        given=name,
        family=FAMILY[name],
        relations=[relation],
        born=BORN.get(name) or _child_born(world, name),
        identifiers=[("chart", f"RB-{1000 + len(world.people)}")] if relation == "patient" else [],
        by=world.by("Finn"),
        language=language,
        at=world.wait(),
    )


def may_sign_for(world: World, name: str, representative: str, who: str = "mother") -> Representation:
    """A parent with a birth certificate, which Finn looked at. The last one brings the child."""
    row = world.authorities[name] = add_representation(
        person=world.people[name],
        representative=world.people[representative],
        authority="parent",
        description=f"{who}, lives with the child",
        evidence_seen="birth certificate and driver's license",
        by=world.by("Finn"),
        at=world.wait(),
    )
    return row


def reads_mail_at(world: World, name: str, address: str) -> None:
    """Finn and Freya know who it is, and a code that was sent there came back."""
    by = world.by("Finn")
    point = add_contact_point(person=world.people[name], kind="email", value=address, by=by, at=world.wait())
    verify_contact_point(point=point, witness=world.staff["Freya"], how="photo_id", by=by, at=world.wait(4))


def _child_born(world: World, name: str) -> date:
    """Liam is nine and Noah eleven on whichever day the demo is made, and Zoe is about to be eighteen."""
    if name in YEARS_OF_CHILDREN:
        return date(world.now.year - YEARS_OF_CHILDREN[name] - (world.now.month < 3), 2, 14)
    eighteen = (world.now + ZOE_GROWS_UP_IN).date()
    return eighteen.replace(year=eighteen.year - 18, day=min(eighteen.day, 28))
