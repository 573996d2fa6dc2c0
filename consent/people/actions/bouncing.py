"""A message to somebody's address came back: nothing more is sent there until it is verified anew."""

from datetime import datetime

from django.db.models import Q

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.keys.ring import key_ring

from ..models import ContactPoint
from ..rules import FieldRefused, normal_contact


def bounce_contact_points(
    *, practice_id: int, address: str, mail: int, made_at: datetime, by: Actor, at: datetime
) -> list[ContactPoint]:
    """Mark everybody's contact with this address in the practice, unless it was verified since the message was made."""
    try:
        digest = key_ring().digest("contact", normal_contact("email", address))
    except FieldRefused:
        return []
    with recording(by=by, at=at):
        held = ContactPoint.objects.filter(practice=practice_id, kind="email", digest=digest, bounced_at=None)
        held = held.filter(Q(verified_at=None) | Q(verified_at__lte=made_at)).select_related("person")
        points = list(held.select_for_update(no_key=True, of=("self",)))
        for point in points:
            point.bounced_at = at
            point.save(update_fields=["bounced_at"])
            record("contact.bounced", point.person, person=point.person_id, contact=point.pk, mail=mail)
    return points
