"""What may be erased beside the proof because the years are over, and what of it is out (R60)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet

from consent.access.models import Practice
from consent.evidence.models import SignedDocument
from consent.paper.queries import replaced_scans
from consent.people.models import ContactPoint, Person
from consent.people.queries import identities
from consent.records.models import Consent, Disposal, LegalHold
from consent.records.queries.retention import Uses, kept
from consent.records.rules.retention import YEARS_KEPT, retain_until, years_after
from posts.publishing.models import AttemptReliance, Delivery, FoundPublication

SHOWN = 100
OUT = (Delivery.State.PUBLISHED, Delivery.State.SENDING, Delivery.State.UNKNOWN, Delivery.State.CLAIMED)
What = Disposal.What


@dataclass(frozen=True)
class Erasable:
    """Something that need not be kept since a day: `row` is what a proposal names, a consent, a scan, or a contact."""

    what: str
    row: int
    person: Person
    since: date
    consent: Consent | None = None
    point: ContactPoint | None = None


def uses_of(consents: Collection[Consent]) -> dict[int, Uses]:
    """What went out on each of these consents, and what was found out there of their people: three queries."""
    by_consent: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    rows = AttemptReliance.objects.filter(consent_id__in=[one.pk for one in consents])
    for consent, state, at in rows.values_list("consent_id", "delivery__state", "delivery__changed_at"):
        by_consent[consent].append((state, at))
    halves = identities({one.person_id for one in consents})
    people = set().union(*halves.values())
    found = FoundPublication.objects.filter(people__in=people, delivery__state=Delivery.State.FOUND)
    shown = set(found.values_list("people", flat=True))
    return {
        one.pk: Uses(
            out_still=bool(halves[one.person_id] & shown)
            or any(state in OUT for state, _ in by_consent[one.pk]),
            last_removed_on=max(
                (at.date() for state, at in by_consent[one.pk] if state == Delivery.State.REMOVED),
                default=None,
            ),
        )
        for one in consents
    }


def uses_of_person(person: int) -> dict[int, Uses]:
    """What is out on each permission of a person, on whichever record."""
    return uses_of(Consent.objects.filter(person__in=identities([person])[person]))


def erasable(practice: Practice, at: datetime) -> list[Erasable]:
    """Marks, files and contact points that need not be kept, unheld and not yet proposed; the oldest first."""
    found = [*_of_consents(practice, at), *_of_scans(practice, at), *_of_people(practice, at)]
    return sorted(found, key=lambda one: (one.since, one.person.pk, one.what))[:SHOWN]


def _of_consents(practice: Practice, at: datetime) -> Iterable[Erasable]:
    """Marks and files of single permissions."""
    old = Consent.objects.filter(practice=practice, signed_at__date__lte=years_after(at.date(), -YEARS_KEPT))
    marks, files = _with_mark(old), _with_file(old)
    consents = list(_told(old.filter(pk__in=[*marks, *files])))
    over = _over(consents, at)
    holds = _Holds(practice, [one.person_id for one in consents])
    for one in consents:
        since = over[one.pk]
        if since is None or holds.keep(one.person_id, one.pk):
            continue
        for what, rows in ((What.MARK, marks), (What.FILE, files)):
            if one.pk in rows:
                yield Erasable(what, one.pk, one.person, since, consent=one)


def _of_scans(practice: Practice, at: datetime) -> Iterable[Erasable]:
    """Scans that newer ones replaced, of permissions that need not be kept."""
    proposed = set(_proposed(What.SCAN))
    scans = {
        one.pk: one.printing.ceremony.signature.consent.pk
        for one in replaced_scans(practice)
        if one.printing.ceremony.signature and one.document_id not in proposed
    }
    consents = {one.pk: one for one in _told(Consent.objects.filter(pk__in=scans.values()))}
    over = _over(list(consents.values()), at)
    holds = _Holds(practice, [one.person_id for one in consents.values()])
    for scan, pk in scans.items():
        one, since = consents[pk], over[pk]
        if since is not None and not holds.keep(one.person_id, pk):
            yield Erasable(What.SCAN, scan, one.person, since, consent=one)


def _with_mark(consents: QuerySet[Consent]) -> set[int]:
    """Those whose name and strokes are there and not proposed."""
    rows = consents.filter(signature__mark__isnull=False)
    return set(rows.exclude(signature__mark__in=_proposed(What.MARK)).values_list("pk", flat=True))


def _with_file(consents: QuerySet[Consent]) -> set[int]:
    """Those whose document is nobody else's, and not proposed or erased."""
    alone = SignedDocument.objects.values("document").annotate(n=Count("pk")).filter(n=1).values("document")
    rows = consents.filter(signature__signed_document__document__in=alone)
    rows = rows.exclude(signature__signed_document__document__in=_proposed(What.FILE))
    return set(rows.values_list("pk", flat=True))


def _of_people(practice: Practice, at: datetime) -> Iterable[Erasable]:
    """Contact points of people who gave a permission once, and none of whose permissions need be kept."""
    line = years_after(at.date(), -YEARS_KEPT)
    past = Person.objects.filter(practice=practice, contact_points__isnull=False)
    past = past.annotate(last=Max("consents__signed_at__date")).filter(last__lte=line)
    halves = identities(list(past.values_list("pk", flat=True)))
    everyone: set[int] = set().union(*halves.values())
    consents = list(_told(Consent.objects.filter(person__in=everyone)))
    over = _over(consents, at)
    days: dict[int, list[date | None]] = defaultdict(list)
    for one in consents:
        days[one.person_id].append(over[one.pk])
    holds = _Holds(practice, everyone)
    points = ContactPoint.objects.filter(person__in=halves).exclude(pk__in=_proposed(What.CONTACT))
    for point in points.select_related("person").prefetch_related("person__names"):
        ends = [day for half in halves[point.person_id] for day in days[half]]
        known = [day for day in ends if day is not None]
        if len(known) == len(ends) and not holds.keep(point.person_id, None):
            yield Erasable(What.CONTACT, point.pk, point.person, max(known), point=point)


class _Holds:
    """The practice's standing legal holds, for people and the records merged with theirs: two queries."""

    def __init__(self, practice: Practice, people: Collection[int]) -> None:
        self.halves = identities(set(people))
        self.held: dict[int, set[int | None]] = defaultdict(set)
        rows = LegalHold.objects.filter(practice=practice, lifted_at=None)
        for person, consent in rows.values_list("person", "consent"):
            self.held[person].add(consent)

    def keep(self, person: int, consent: int | None) -> bool:
        """Whether one keeps this permission; with None, whether one keeps anything of the person."""
        held = set().union(*(self.held.get(half, set()) for half in self.halves[person]))
        return bool(held) if consent is None else bool(held & {None, consent})


def _over(consents: list[Consent], at: datetime) -> dict[int, date | None]:
    """Since when each need not be kept; None while it must be."""
    uses = uses_of(consents)
    days = {one.pk: retain_until(kept(one, uses[one.pk], at)) for one in consents}
    return {pk: day if day is not None and day <= at.date() else None for pk, day in days.items()}


def _proposed(what: str) -> QuerySet[Disposal, int]:
    """The rows that wait to be erased, or were."""
    return Disposal.objects.filter(what=what, cancelled_at=None).values_list("row_id", flat=True)


def _told(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    related = consents.select_related("person", "wording")
    return related.prefetch_related("revocations", "person__ending_events", "person__names")
