"""What the signer says that ties them to the practice: posts about what they made have to say so (R87, R88)."""

from datetime import datetime

from consent.access.queries import today_at
from consent.audit.ledger import recording
from consent.audit.rules import Actor
from consent.people.actions import record_connection
from consent.people.models import Connection
from consent.wording.rules import ALONE

from ..models import Ceremony
from ..rules import Kept

SAID = "Said on the form they signed"


def note_ties(*, ceremony: Ceremony, kept: Kept, by: Actor, at: datetime) -> list[Connection]:
    """Record each tie that was marked, with the transaction that keeps the signature.

    Where somebody signed for the author it ties them both: the gate asks about whoever made what the post repeats.
    """
    ties = sorted(set(kept.get("ties", ())) - {ALONE["ties"]})
    people = {one.pk: one for one in (ceremony.person, ceremony.signer)}
    with recording(by=by, at=at):
        return [
            record_connection(
                person=people[pk],
                kind=tie,
                detail=SAID,
                since=today_at(ceremony.practice, at),
                asked_by=ceremony.prepared_by,
                by=by,
                at=at,
            )
            for pk in sorted(people)
            for tie in ties
        ]
