"""Say which record is a member's own: they may sign there, and nobody prepares or witnesses their own form."""

from datetime import datetime

from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Person
from .keeping import locked


class AlreadyJoined(Exception):
    """The record is somebody else's, or the member has another one; the sentence says which."""


class OwnRecord(Exception):
    """Whoever the record belongs to would say that it is not theirs; the sentence says who may."""


def join_member(*, person: Person, user: User, by: Actor, at: datetime) -> Person:
    """Note that the record is this member's own. A second time changes nothing. Raises `AlreadyJoined`."""
    with recording(by=by, at=at):
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        person = locked(person)
        if person.user_id == user.pk:
            return person
        if person.user_id is not None:
            raise AlreadyJoined("This record is another member's own. Choose the right one.")
        if Person.objects.filter(practice=person.practice_id, user=user).exists():
            raise AlreadyJoined(f"{user.name} has another record here already.")
        person.user = user
        person.save(update_fields=["user"])
        record("person.joined", person, person=person.pk, user=user.pk)
    return person


def part_member(*, person: Person, by: Actor, at: datetime) -> Person:
    """The record was not that member's after all. A second time changes nothing.

    Raises `OwnRecord` for the member themselves, who could ask and check their own form next (R71).
    """
    with recording(by=by, at=at):
        person = locked(person)
        if str(person.user_id) == by.id:
            raise OwnRecord("Nobody says of their own record that it is not theirs. A colleague does it.")
        if (user := person.user_id) is not None:
            person.user = None
            person.save(update_fields=["user"])
            record("person.parted", person, person=person.pk, user=user)
    return person
