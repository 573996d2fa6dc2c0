"""Links to a person's own page: issued, ended, known only by their digest."""

import secrets
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.keys.ring import key_ring
from consent.people.models import Person, Representation

from ..models import HolderLink


def issue_holder_link(
    *, person: Person, representation: Representation | None, resend: bool = False, by: Actor, at: datetime
) -> tuple[HolderLink, str]:
    """A new address of the person's own page for one holder; with `resend` the holder's older ones end.

    Returns the row and the token, which is kept nowhere.
    """
    token = secrets.token_urlsafe(32)
    with recording(by=by, at=at):
        if resend:
            for older in HolderLink.objects.filter(
                person=person, representation=representation, ended_at=None
            ):
                _end_link(older, at)
        link = HolderLink.objects.create(
            practice_id=person.practice_id,
            person=person,
            representation=representation,
            token_digest=token_digest(token),
            issued_at=at,
        )
        record(
            "link.issued",
            link,
            person=person.id,
            representation=representation.id if representation else None,
        )
    return link, token


def _end_link(link: HolderLink, at: datetime) -> None:
    """An older address stops working."""
    link.ended_at = at
    link.save(update_fields=["ended_at"])
    record("link.ended", link, person=link.person_id)


def token_digest(token: str) -> str:
    """The only thing kept of a token."""
    return key_ring().digest("holder-link", token)
