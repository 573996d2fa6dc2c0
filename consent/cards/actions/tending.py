"""The worker's round for events that are over: open cards end, and who would not be photographed is forgotten."""

from datetime import datetime, timedelta

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.signing.actions import abandon
from consent.signing.models import Ceremony
from consent.signing.rules import NotNow

from ..models import Gathering, NoPhoto
from ..queries import ends_at
from ..rules import FORGOTTEN_AFTER

AT_ONCE = 20


def tend_gatherings(*, by: Actor, at: datetime) -> int:
    """One round; how much was done. What a guest ticked and never signed is forgotten with the card's end."""
    over = Ceremony.objects.filter(
        route=Ceremony.Route.EVENT, state=Ceremony.State.OPEN, expires_at__lte=at
    ).order_by("expires_at")
    done = sum(_ended(one, by=by, at=at) for one in over[:AT_ONCE])
    noted = NoPhoto.objects.filter(gathering__day__lt=(at - FORGOTTEN_AFTER - timedelta(days=1)).date())
    rows = Gathering.objects.filter(pk__in=noted.values("gathering")).select_related("location")
    return done + sum(_forgotten(one, by=by, at=at) for one in rows[:AT_ONCE])


def _ended(ceremony: Ceremony, *, by: Actor, at: datetime) -> int:
    try:
        abandon(ceremony=ceremony, by=by, at=at)
    except NotNow:  # answered between the look and the lock
        return 0
    return 1


def _forgotten(gathering: Gathering, *, by: Actor, at: datetime) -> int:
    if ends_at(gathering, at) + FORGOTTEN_AFTER > at:
        return 0
    with recording(by=by, at=at):
        number, _ = NoPhoto.objects.filter(gathering=gathering).delete()
        if number:
            record("no_photo.forgotten", gathering, number=number)
    return number
