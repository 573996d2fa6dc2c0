"""Show that the holder of a link knows the birth date. Withdrawing itself is an act of `records`."""

from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.records.models import HolderLink

from .rules import tries_left


class NoTriesLeft(Exception):
    """Five wrong birth dates: this link can only withdraw from now on (design 8)."""


def confirm_birth_date(*, link: HolderLink, born: date, by: Actor, at: datetime) -> bool:
    """Whether `born` is the birth date on file. A wrong one is counted; the right one starts the count anew.

    Raises `NoTriesLeft` after five wrong ones, whatever is typed then.
    """
    with recording(by=by, at=at):
        row = (
            HolderLink.objects.select_for_update(no_key=True, of=("self",))
            .select_related("person")
            .get(pk=link.pk)
        )
        if not tries_left(row.tries):
            raise NoTriesLeft("Five wrong birth dates were typed. Ask the front desk for a new link.")
        right = row.person.date_of_birth is not None and row.person.date_of_birth == born
        row.tries = 0 if right else row.tries + 1
        row.save(update_fields=["tries"])
        record("link.confirmed" if right else "link.refused", row, person=row.person_id)
    return right
