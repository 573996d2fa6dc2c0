"""The worker's round for forms on own devices: reminders, copies that nobody looked at, addresses left on screens."""

from datetime import datetime, timedelta

from consent.audit.ledger import recording
from consent.audit.rules import Actor
from consent.outbox.models import OutgoingMail
from consent.workforce.actions import remind_members

from ..models import Ceremony
from ..queries import MAILED, copies_to_mail, requests_to_remind
from ..rules import WITNESS_HOLDS_FOR
from .opening import mail_own_page
from .sealing import give_tablet_copy
from .sending import remind

AT_ONCE = 20
COPY_WITHIN = timedelta(days=2)


def tend_requests(*, by: Actor, at: datetime) -> int:
    """One round: remind whom it is time for, mail copies that are owed, forget what is left; how much was done."""
    done = sum(remind(ceremony=ceremony, by=by, at=at) for ceremony in requests_to_remind(at)[:AT_ONCE])
    done += sum(_copy_mailed(ceremony, by=by, at=at) for ceremony in copies_to_mail(at)[:AT_ONCE])
    with recording(by=by, at=at):
        left = Ceremony.objects.filter(
            state=Ceremony.State.SIGNED, returned_at=None, last_seen_at__lt=at - WITNESS_HOLDS_FOR
        ).exclude(route=Ceremony.Route.TABLET)
        owed = left.filter(
            route__in=MAILED, signature__copies=None, last_seen_at__gt=at - COPY_WITHIN
        ).exclude(contact_point=None)
        ids = list(left.exclude(pk__in=owed).values_list("pk", flat=True)[:100])
        done += remind_members(by=by, at=at)
        return done + Ceremony.objects.filter(pk__in=ids).update(own_page="", returned_at=at)


def _copy_mailed(ceremony: Ceremony, *, by: Actor, at: datetime) -> bool:
    """Whoever signed elsewhere and left before the copy was there gets it by mail; it is given once that left (R12)."""
    if not ceremony.events.filter(kind="own_page_mailed").exists():
        mail_own_page(ceremony=ceremony, by=by, at=at)
        return True
    mails = OutgoingMail.objects.filter(
        practice_id=ceremony.practice_id, kind="own_page", about=f"ceremony:{ceremony.pk}"
    )
    if not mails.filter(state=OutgoingMail.State.SENT).exists():
        return False
    give_tablet_copy(ceremony=ceremony, method="email", by=by, at=at)
    return True
