"""The people of the demo. All are invented; every one has another standing."""

from datetime import date

from consent.people.actions import add_person, add_representation

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
}
YEARS_OF_LIAM = 9


def enters(world: World, name: str, relation: str = "patient", language: str = "en") -> None:
    """Finn adds somebody at the desk."""
    world.people[name] = add_person(
        practice=world.practice,
        given=name,
        family=FAMILY[name],
        relations=[relation],
        born=BORN.get(name) or _nine_years_old(world),
        identifiers=[("chart", f"RB-{1000 + len(world.people)}")] if relation == "patient" else [],
        by=world.by("Finn"),
        language=language,
        at=world.wait(),
    )


def may_sign_for(world: World, name: str, representative: str) -> None:
    """A mother with a birth certificate, which Finn looked at."""
    world.authorities[name] = add_representation(
        person=world.people[name],
        representative=world.people[representative],
        authority="parent",
        description="mother, lives with the child",
        evidence_seen="birth certificate and her driver's license",
        by=world.by("Finn"),
        at=world.wait(),
    )


def _nine_years_old(world: World) -> date:
    """Liam is nine on whichever day the demo is made."""
    return date(world.now.year - YEARS_OF_LIAM - (world.now.month < 3), 2, 14)
