"""Show that the holder of a link knows the birth date."""

from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.records.actions import use_holder_link
from consent.records.models import HolderLink

from ..queries import may_know
from ..rules import tries_left


class NoTriesLeft(Exception):
    """Five wrong birth dates, or none could be right: this link can only withdraw (design 8)."""


def confirm_birth_date(*, link: HolderLink, born: date, by: Actor, at: datetime) -> bool:
    """Whether `born` is the birth date on file. A wrong one is counted; the right one starts the count anew.

    Raises `NoTriesLeft` after five wrong ones, whatever is typed then, and where no date opens anything.
    """
    with recording(by=by, at=at):
        row = (
            HolderLink.objects.select_for_update(no_key=True, of=("self",))
            .select_related("person")
            .get(pk=link.pk)
        )
        if not tries_left(row.tries) or not may_know(row):
            raise NoTriesLeft("This link shows no more. Ask the front desk for a new link.")
        right = row.person.date_of_birth == born
        row.tries = 0 if right else row.tries + 1
        row.save(update_fields=["tries"])
        record("link.confirmed" if right else "link.refused", row, person=row.person_id)
        if right:
            use_holder_link(link=row, known=True, by=by, at=at)
    return right
