"""Two records are one human being: joined without rewriting a row, and undone as easily."""

from datetime import datetime

from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Merge, Person


class NotMergeable(ValueError):
    """These two records cannot be joined as they are."""


class NotMerged(ValueError):
    """This merge was undone already."""


def merge_people(*, person: Person, into: Person, by: Actor, at: datetime) -> Merge:
    """Join `person`'s record into `into`'s: a hold or withdrawal of either binds both from now on.

    What one permits counts for the other once a second member has confirmed it (`confirm_merge`).

    Raises `NotMergeable` for the same record, another practice, or a record that is part of a merge itself, so
    that every group has one head.
    """
    if person.pk == into.pk or person.practice_id != into.practice_id:
        raise NotMergeable("Choose two different records of this practice.")
    with recording(by=by, at=at):
        _lock_both(person, into)
        living = Merge.objects.filter(undone_at=None)
        if living.filter(person__in=[person, into]).exists() or living.filter(into=person).exists():
            raise NotMergeable(
                "One of the two was merged before. Undo that first, or merge into its main record."
            )
        merge = Merge.objects.create(
            practice_id=person.practice_id,
            person=person,
            into=into,
            merged_at=at,
            merged_by=User.objects.get(pk=by.id),
        )
        record("person.merged", person, person=person.pk, into=into.pk)
    return merge


def confirm_merge(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """A second member saw that both records are one person: from now on what one permits counts for the other.

    Confirmed again, nothing changes. Raises `NotMerged` if it was undone, `NotMergeable` for whoever joined them.
    """
    with recording(by=by, at=at):
        _lock_both(merge.person, merge.into)
        merge = Merge.objects.select_for_update(no_key=True).get(pk=merge.pk)
        if merge.undone_at is not None:
            raise NotMerged("This merge was undone already.")
        if str(merge.merged_by_id) == by.id:
            raise NotMergeable("You joined these records yourself. Somebody else has to look at both.")
        if merge.confirmed_at is None:
            merge.confirmed_at, merge.confirmed_by_id = at, int(by.id)
            merge.save(update_fields=["confirmed_at", "confirmed_by"])
            record("person.merge_confirmed", merge.person, person=merge.person_id, into=merge.into_id)
    return merge


def undo_merge(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """Take two records apart again; each keeps what was always its own. Raises `NotMerged` the second time."""
    with recording(by=by, at=at):
        _lock_both(merge.person, merge.into)
        merge = Merge.objects.select_for_update(no_key=True).get(pk=merge.pk)
        if merge.undone_at is not None:
            raise NotMerged("This merge was undone already.")
        merge.undone_at = at
        merge.save(update_fields=["undone_at"])
        record("person.unmerged", merge.person, person=merge.person_id, into=merge.into_id)
    return merge


def _lock_both(person: Person, into: Person) -> None:
    """Take both rows in id order, so that two merges cannot wait for each other."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=[person.pk, into.pk]).order_by("pk"))
