"""A renewal at the counter: the form as new, with what the old permission had allowed ticked to be offered again."""

from datetime import datetime
from typing import Any

from django.http import QueryDict

from consent.people.models import Person
from consent.people.queries import identity_ids
from consent.records.models import Consent
from consent.records.queries import dossiers
from consent.records.rules import left_to_withdraw
from consent.wording.models import Wording

LISTS = ("elements", "platforms", "formats", "purposes")


def renewed_consent(person: Person, asked: QueryDict) -> Consent | None:
    """The consent of the person that ``?renew=`` names, if there is one."""
    number = asked.get("renew", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    return Consent.objects.filter(person__in=identity_ids(person), pk=int(number)).first()


def carried_over(consent: Consent, wording: Wording, at: datetime) -> dict[str, Any]:
    """What the preparing page ticks first: the old scope, without what was taken back, as far as the form offers it.

    The end is not carried over; the new one is counted from today.
    """
    terms = next(one for one in dossiers([consent.person_id])[consent.person_id].terms
                 if one.consent_id == consent.pk)  # fmt: skip
    scope = left_to_withdraw(terms, at)
    offered = {name: [row[0] for row in wording.offers.get(name, ())] for name in LISTS}
    kept = {name: [key for key in offered[name] if key in getattr(scope, name)] for name in LISTS}
    # A list of which nothing is left shows all of itself, so that somebody has to choose.
    return {name: keys for name, keys in kept.items() if keys} | {"paid": scope.paid}


def send_renewal_by_link(request_id: int) -> bool:
    """Send the form of a renewal request by link; whether it was sent. Nothing is sent yet: ask at the counter.

    This is the one place at which sending by link is joined to renewal.
    """
    del request_id
    return False
