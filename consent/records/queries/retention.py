"""What decides how long a permission's record is kept, as the rows say (R60)."""

from dataclasses import dataclass
from datetime import date, datetime

from ..models import Consent
from ..rules.retention import Kept


@dataclass(frozen=True)
class Uses:
    """What went out on a permission, as the rooms above know: whether something is out, and when the last came down."""

    out_still: bool
    last_removed_on: date | None = None


def kept(consent: Consent, uses: Uses, at: datetime) -> Kept:
    """What the rule asks about the permission as it stands at `at`; no query if its rows were fetched before."""
    whole = [one.received_at for one in consent.revocations.all() if not one.part]
    events = [one.occurred_at for one in consent.person.ending_events.all() if one.kind == consent.ends_event]
    ends = [end for end in (consent.ends_at, *events) if end is not None and end <= at]
    return Kept(
        signed_on=consent.signed_at.date(),
        ended_on=min(ends).date() if ends else None,
        revoked_on=min(whole).date() if whole else None,
        last_removed_on=uses.last_removed_on,
        out_still=uses.out_still,
        born=consent.person.date_of_birth,
    )
