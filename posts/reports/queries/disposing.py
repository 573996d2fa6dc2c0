"""What may be erased beside the proof, what waits for a second person, what is held (R60)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from consent.access.models import Practice
from consent.records.models import Consent, Disposal, LegalHold
from consent.records.queries.retention import Uses, kept
from consent.records.rules.retention import YEARS_KEPT, retain_until, years_after
from posts.publishing.models import AttemptReliance, Delivery, FoundPublication

SHOWN = 100
OUT = (Delivery.State.PUBLISHED, Delivery.State.SENDING, Delivery.State.UNKNOWN, Delivery.State.CLAIMED)


@dataclass(frozen=True)
class Erasable:
    """A permission whose years are over, since when."""

    consent: Consent
    since: date


def uses_of(consents: Collection[Consent]) -> dict[int, Uses]:
    """What went out on each of these consents, and what was found out there of their people: two queries."""
    by_consent: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    rows = AttemptReliance.objects.filter(consent_id__in=[one.pk for one in consents])
    for consent, state, at in rows.values_list("consent_id", "delivery__state", "delivery__changed_at"):
        by_consent[consent].append((state, at))
    people = [one.person_id for one in consents]
    found = FoundPublication.objects.filter(people__in=people, delivery__state=Delivery.State.FOUND)
    shown = set(found.values_list("people", flat=True))
    return {
        one.pk: Uses(
            out_still=one.person_id in shown or any(state in OUT for state, _ in by_consent[one.pk]),
            last_removed_on=max(
                (at.date() for state, at in by_consent[one.pk] if state == Delivery.State.REMOVED),
                default=None,
            ),
        )
        for one in consents
    }


def erasable(practice: Practice, at: datetime) -> list[Erasable]:
    """Permissions whose mark is still there and need not be, unheld and not yet proposed; the oldest first."""
    proposed = Disposal.objects.filter(practice=practice, what=Disposal.What.MARK).values("consent")
    held = LegalHold.objects.filter(practice=practice, lifted_at=None)
    consents = list(
        Consent.objects.filter(
            practice=practice,
            signature__mark__isnull=False,
            signed_at__date__lte=years_after(at.date(), -YEARS_KEPT),
        )
        .exclude(pk__in=proposed)
        .exclude(person__in=held.filter(consent=None).values("person"))
        .exclude(pk__in=held.filter(consent__isnull=False).values("consent"))
        .select_related("person")
        .prefetch_related("revocations", "person__ending_events")
        .order_by("signed_at")
    )
    uses = uses_of(consents)
    found = [(one, retain_until(kept(one, uses[one.pk], at))) for one in consents]
    return [Erasable(one, since) for one, since in found if since is not None and since <= at.date()][:SHOWN]


def proposed_disposals(practice: Practice) -> list[Disposal]:
    """What somebody proposed and nobody has executed."""
    rows = Disposal.objects.filter(practice=practice, executed_at=None)
    return list(rows.select_related("person", "proposed_by").order_by("pk"))


def standing_holds(practice: Practice) -> list[LegalHold]:
    """The legal holds that stand."""
    rows = LegalHold.objects.filter(practice=practice, lifted_at=None)
    return list(rows.select_related("person", "placed_by").order_by("pk"))
