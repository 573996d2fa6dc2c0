"""Add a person and keep the record right: names, details, numbers, contact points, death."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from consent.access.models import Location, Practice, User
from consent.access.queries import today_at
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.keys.ring import key_ring

from ..models import ContactPoint, Identifier, NameWord, Person, PersonName, Relation
from ..queries import likely_duplicates
from ..rules import FieldRefused, checked_birth, checked_name, folded_words, normal_contact, said
from .rostering import keep_on_roster

ALIAS_LENGTH = 80
CHANGEABLE = ("alias", "date_of_birth", "language", "location", "emancipated", "own_consent_service")


class LikelyDuplicate(Exception):
    """There are `people` with this name and birth date: the caller asks whether it is one of them."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        super().__init__("Somebody with this name and birth date is already here. Is it one of these?")


class IdentifierTaken(FieldRefused):
    """Another record holds this number in the same system."""


def add_person(
    *,
    practice: Practice,
    given: str,
    family: str = "",
    alias: str = "",
    relations: Collection[str],
    born: date | None = None,
    language: str = "en",
    location: Location | None = None,
    identifiers: Iterable[tuple[str, str]] = (),
    contact_points: Iterable[tuple[str, str]] = (),
    knowing_duplicates: bool = False,
    by: Actor,
    at: datetime,
) -> Person:
    """Add a person; without an alias, the given name is what those see who may not know more (R54).

    `identifiers` are (system, value), `contact_points` (kind, value). Raises `LikelyDuplicate` unless the caller
    knows of the others, `IdentifierTaken`, and `FieldRefused` for what cannot be kept.
    """
    today = today_at(practice, at)
    name = PersonName(practice=practice, **_checked_names(given, family))
    born = checked_birth(born, today)
    kinds = _checked_relations(relations)
    if not knowing_duplicates and (others := likely_duplicates(practice, str(name), born)):
        raise LikelyDuplicate(others)
    with recording(by=by, at=at):
        person = Person.objects.create(
            practice=practice,
            location=location,
            alias=_checked_alias(alias or name.given[:ALIAS_LENGTH]),
            date_of_birth=born,
            language=language,
            created_at=at,
        )
        name.person = person
        name.save()
        Relation.objects.bulk_create(
            Relation(practice=practice, person=person, kind=kind, since=today) for kind in kinds
        )
        index_words(person)
        record("person.added", person, person=person.pk, relations=kinds)
        for system, value in identifiers:
            _hold_identifier(person, system, value)
        for kind, value in contact_points:
            _hold_contact_point(person, kind, value)
        keep_on_roster(person)
    return person


def change_person(*, person: Person, changes: dict[str, Any], by: Actor, at: datetime) -> Person:
    """Change details named in `CHANGEABLE`; the ledger notes which, never what."""
    if stray := changes.keys() - set(CHANGEABLE):
        raise ValueError(f"{sorted(stray)} cannot be changed here.")
    with recording(by=by, at=at):
        person = locked(person)
        if "alias" in changes:
            changes = changes | {"alias": _checked_alias(changes["alias"])}
        if "date_of_birth" in changes:
            checked_birth(changes["date_of_birth"], today_at(person.practice, at))
        changed = sorted(name for name, value in changes.items() if getattr(person, name) != value)
        for name in changed:
            setattr(person, name, changes[name])
        if changed:
            person.save(update_fields=changed)
            index_words(person)
            record("person.changed", person, person=person.pk, fields=changed)
    return person


def rename_person(*, person: Person, given: str, family: str = "", by: Actor, at: datetime) -> PersonName:
    """Give the person a new name from today on; the former one still finds them."""
    names = _checked_names(given, family)
    with recording(by=by, at=at):
        person = locked(person)
        today = today_at(person.practice, at)
        PersonName.objects.filter(person=person, until=None).update(until=today)
        name = PersonName.objects.create(practice_id=person.practice_id, person=person, since=today, **names)
        index_words(person)
        keep_on_roster(person)
        record("person.changed", person, person=person.pk, fields=["name"])
    return name


def record_death(*, person: Person, died_on: date, by: Actor, at: datetime) -> Person:
    """Record that the person has died; from then on only an executor signs, and own signatures stop (R30)."""
    with recording(by=by, at=at):
        person = locked(person)
        if died_on > today_at(person.practice, at):
            raise FieldRefused("died_on", f"Day of death: {said(died_on)} has not come yet.")
        if person.date_of_birth and died_on < person.date_of_birth:
            raise FieldRefused("died_on", "Day of death: it is before the birth date on this record.")
        person.deceased_on = died_on
        person.save(update_fields=["deceased_on"])
        record("person.died", person, person=person.pk)
    return person


def add_identifier(*, person: Person, system: str, value: str, by: Actor, at: datetime) -> Identifier:
    """Note the person's number in another system. Raises `IdentifierTaken` if another record holds it."""
    with recording(by=by, at=at):
        person = locked(person)
        identifier = _hold_identifier(person, system, value)
        keep_on_roster(person)
        record("person.changed", person, person=person.pk, fields=["identifiers"])
    return identifier


def add_contact_point(*, person: Person, kind: str, value: str, by: Actor, at: datetime) -> ContactPoint:
    """Note an e-mail address or telephone number, sealed. The same one again changes nothing."""
    with recording(by=by, at=at):
        person = locked(person)
        point, added = _hold_contact_point(person, kind, value)
        if added:
            keep_on_roster(person)
            record("person.changed", person, person=person.pk, fields=["contact_points"])
    return point


def confirm_contact_point(*, point: ContactPoint, by: Actor, at: datetime) -> None:
    """Note that the person reads what is sent there: they came back with it. A second time changes nothing.

    Enough to mail a link to their own page; to sign by a link the address must have been verified at the counter.
    """
    with recording(by=by, at=at):
        if ContactPoint.objects.filter(pk=point.pk, verified_at=None).update(verified_at=at):
            record("person.changed", point.person, person=point.person_id, fields=["contact_points"])


def verify_contact_point(
    *, point: ContactPoint, witness: User, how: str, by: Actor, at: datetime
) -> ContactPoint:
    """Note that the address is the person's own: `by` and `witness` saw who they are, and a code reached them there.

    The code and the witness's PIN are the caller's business.
    """
    with recording(by=by, at=at):
        point = ContactPoint.objects.select_for_update(no_key=True).get(pk=point.pk)
        point.verified_at, point.verified_by_id, point.verified_witness = at, int(by.id), witness
        point.verified_how, point.bounced_at = how, None
        point.save(
            update_fields=["verified_at", "verified_by", "verified_witness", "verified_how", "bounced_at"]
        )
        facts = {"contact": point.pk, "witness": witness.pk, "method": how}
        record("contact.verified", point.person, person=point.person_id, **facts)
    return point


def erase_contact_point(*, point_id: int, by: Actor, at: datetime) -> None:
    """Erase an address or number for good, and from the roster; the caller has seen that it need not be kept.

    The ledger's line is that of the disposal which names it.
    """
    with recording(by=by, at=at):
        point = ContactPoint.objects.select_related("person").get(pk=point_id)
        point.delete()
        keep_on_roster(locked(point.person))


def note_viewing(*, person: Person, page: str, by: Actor, at: datetime) -> None:
    """Note that somebody opened the person's record on `page` (45 CFR 164.312(b))."""
    with recording(by=by, at=at):
        record("person.viewed", person, person=person.pk, page=page)


def index_words(person: Person) -> None:
    """Make the words under which the person is found: every name they ever had, and the alias."""
    in_alias = folded_words(person.alias)
    words = set(in_alias)
    for name in PersonName.objects.filter(person=person):
        words |= folded_words(str(name))
    NameWord.objects.filter(person=person).delete()
    NameWord.objects.bulk_create(
        NameWord(practice_id=person.practice_id, person=person, word=word, in_alias=word in in_alias)
        for word in sorted(words)
    )


def locked(person: Person) -> Person:
    return (
        Person.objects.select_for_update(no_key=True, of=("self",))
        .select_related("practice")
        .get(pk=person.pk)
    )


def _checked_names(given: str, family: str) -> dict[str, str]:
    return {
        "given": checked_name(given, "given", "Given name"),
        "family": checked_name(family, "family", "Family name", required=False),
    }


def _checked_alias(alias: str) -> str:
    return checked_name(alias, "alias", "Shown as", length=ALIAS_LENGTH)


def _checked_relations(relations: Collection[str]) -> list[str]:
    kinds = sorted(set(relations))
    if not kinds or not set(kinds) <= set(Relation.Kind.values):
        raise FieldRefused("relations", "Relation: choose what the person is to the practice.")
    return kinds


def _hold_identifier(person: Person, system: str, value: str) -> Identifier:
    system, value = " ".join(system.split()), " ".join(value.split())
    if not system or not value or len(system) > 60 or len(value) > 120:
        raise FieldRefused("identifier", "Number: write the system and the number, at most 120 characters.")
    try:
        with transaction.atomic():
            return Identifier.objects.create(
                practice_id=person.practice_id, person=person, system=system, value=value
            )
    except IntegrityError as error:
        sentence = f"Number: {system} {value} already belongs to a record. Search for it to find whose."
        raise IdentifierTaken("identifier", sentence) from error


def _hold_contact_point(person: Person, kind: str, value: str) -> tuple[ContactPoint, bool]:
    normal = normal_contact(kind, value)
    return ContactPoint.objects.get_or_create(
        person=person,
        kind=kind,
        digest=key_ring().digest("contact", normal),
        defaults={"practice_id": person.practice_id, "value": normal},
    )
