"""Take back that something is cut away: what is seen again is shown."""

from collections.abc import Collection
from datetime import datetime

from consent.audit.ledger import record

from ..models import Appearance, Rendition
from ..queries import standing_cuts


def take_back_cuts(*, rendition: Rendition, appearances: Collection[Appearance], at: datetime) -> None:
    """In the caller's transaction: these are shown by the rendition after all, with everything."""
    for one in standing_cuts([rendition]).filter(appearance__in=appearances):
        one.removed_at = at
        one.save(update_fields=["removed_at"])
        record(
            "rendition.shown_after_all",
            rendition.asset,
            rendition=rendition.pk,
            appearance=one.appearance_id,
        )
