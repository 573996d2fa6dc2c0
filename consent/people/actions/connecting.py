"""What ties a person to the practice beyond care: posts about them have to say so (R87, R88, R91)."""

from datetime import date, datetime

from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Connection, Person
from ..rules import FieldRefused
from .keeping import locked

DETAIL_LENGTH = 200


def record_connection(
    *,
    person: Person,
    kind: str,
    detail: str = "",
    since: date,
    asked_by: User | None = None,
    by: Actor,
    at: datetime,
) -> Connection:
    """Record something given to the person, a job or a family tie; sent again while it counts, it is recorded once.

    Where the person says it themselves, on a form, `asked_by` is the member who gave them the form.

    Raises `FieldRefused`.
    """
    if kind not in Connection.Kind.values:
        raise FieldRefused("kind", "Tie: choose it from the list.")
    same = {"kind": kind, "detail": detail.strip()[:DETAIL_LENGTH], "since": since}
    with recording(by=by, at=at):
        person = locked(person)
        there = Connection.objects.filter(person=person, ended_at=None, **same).first()
        if there is not None:
            return there
        connection = Connection.objects.create(
            practice_id=person.practice_id,
            person=person,
            recorded_by_id=asked_by.pk if asked_by else int(by.id),
            recorded_at=at,
            **same,
        )
        record("connection.recorded", person, person=person.pk, connection=connection.pk, kind=kind)
    return connection


def end_connection(*, connection: Connection, by: Actor, at: datetime) -> Connection:
    """The tie no longer counts, or was recorded in error. A second time changes nothing."""
    with recording(by=by, at=at):
        connection = Connection.objects.select_for_update(no_key=True).get(pk=connection.pk)
        if connection.ended_at is None:
            connection.ended_at = at
            connection.save(update_fields=["ended_at"])
            record(
                "connection.ended", connection.person, person=connection.person_id, connection=connection.pk
            )
    return connection
