"""Links to a person's own page: issued, used, ended, known only by their digest."""

import secrets
from datetime import datetime

from django.db.models import Max, QuerySet

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.keys.ring import key_ring
from consent.people.actions import confirm_contact_point
from consent.people.models import ContactPoint, Person, Representation

from ..models import HolderLink


def issue_holder_link(
    *,
    person: Person,
    representation: Representation | None,
    resend: bool = False,
    asked_for: bool = False,
    sent_to: ContactPoint | None = None,
    by: Actor,
    at: datetime,
) -> tuple[HolderLink, str]:
    """A new address of the person's own page for one holder; with `resend` the holder's older ones end.

    One that was `asked_for` by somebody who says that they lost theirs ends the older ones on its first use, and
    begins with the wrong birth dates that were tried on them. `sent_to` is where it goes by mail.
    Returns the row and the token, which is kept nowhere.
    """
    token = secrets.token_urlsafe(32)
    with recording(by=by, at=at):
        older = _living(person, representation)
        if resend:
            for one in older:
                _end_link(one, at)
        link = HolderLink.objects.create(
            practice_id=person.practice_id,
            person=person,
            representation=representation,
            token_digest=token_digest(token),
            issued_at=at,
            asked_for=asked_for,
            sent_to=sent_to,
            tries=(older.aggregate(most=Max("tries"))["most"] or 0) if asked_for else 0,
        )
        record(
            "link.issued",
            link,
            person=person.id,
            representation=representation.id if representation else None,
        )
    return link, token


def use_holder_link(*, link: HolderLink, known: bool, by: Actor, at: datetime) -> None:
    """Somebody acted through the link: on the first use of one that was asked for, the holder's older ones end.

    Who is `known` (gave the birth date) and came by a mailed link reads that mailbox: the address counts as checked.
    """
    with recording(by=by, at=at):
        link = (
            HolderLink.objects.select_for_update(no_key=True, of=("self",))
            .select_related("sent_to")
            .get(pk=link.pk)
        )
        if known and link.sent_to is not None:
            confirm_contact_point(point=link.sent_to, by=by, at=at)
        if link.used_at is not None:
            return
        link.used_at = at
        link.save(update_fields=["used_at"])
        if link.asked_for:
            for older in _living(link.person, link.representation).filter(pk__lt=link.pk):
                _end_link(older, at)


def _living(person: Person, representation: Representation | None) -> QuerySet[HolderLink]:
    """The holder's links that have not ended."""
    return HolderLink.objects.filter(person=person, representation=representation, ended_at=None)


def _end_link(link: HolderLink, at: datetime) -> None:
    """An older address stops working."""
    link.ended_at = at
    link.save(update_fields=["ended_at"])
    record("link.ended", link, person=link.person_id)


def token_digest(token: str) -> str:
    """The only thing kept of a token."""
    return key_ring().digest("holder-link", token)
