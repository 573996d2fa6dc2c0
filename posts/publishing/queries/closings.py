"""What closes the gate, as the sweep reads it: new rows of a few tables, by id, and what time alone has ended.

Each table is read from a little before the highest id seen, since a lower id may be committed later. So a poll costs
the same however much history there is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from consent.audit.models import LedgerEntry
from consent.people.models import Merge
from consent.records.models import Consent, EndingEvent, Hold, Invalidation, Revocation
from posts.publishing.models import SweepMark, Takedown

OVERLAP = 500
BATCH = 100
NAMED = "appearance.named"
CHANGES = (
    NAMED,
    "person.died",
    "person.merged",
    "representation.ended",
    "representation.excluded",
)


@dataclass(frozen=True)
class Closing:
    """One thing that may stop deliveries: whom it concerns, and which consents are gone with it.

    `takedown` says why what is out must come down; empty if it need not. `part` narrows a revocation.
    """

    kind: str
    id: int
    people: frozenset[int]
    consents: frozenset[int] = frozenset()
    takedown: str = ""
    part: Mapping[str, list[str]] = field(default_factory=dict)
    since: datetime | None = None


def new_closings(mark: SweepMark) -> list[Closing]:
    """The rows of this kind that were not handled yet, oldest first, and then those that wait."""
    rows, read = SOURCES[mark.kind]
    fresh = rows().filter(pk__gt=mark.upto - OVERLAP).exclude(pk__in=mark.seen).order_by("pk")[:BATCH]
    waiting = rows().filter(pk__in=mark.waiting).order_by("pk") if mark.waiting else ()
    return [read(row) for row in (*fresh, *waiting)]


def last_of(kind: str) -> int:
    """The highest id of the table behind this kind, of whatever event: everything up to it has been read."""
    rows, _ = SOURCES[kind]
    return rows().model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def ended_between(start: datetime, end: datetime) -> Iterable[Closing]:
    """The consents whose last day, or whose person's 18th birthday, came in this span (R28, R52)."""
    ended = Consent.objects.filter(ends_at__gt=start, ends_at__lte=end).order_by("ends_at", "pk")
    for consent in ended.iterator():
        yield _gone("expiry", consent.pk, consent, Takedown.Why.ENDED, consent.ends_at)


def _revocation(row: Revocation) -> Closing:
    return Closing(
        "revocation",
        row.pk,
        frozenset({row.person_id}),
        frozenset({row.consent_id}),
        Takedown.Why.WITHDRAWN,
        row.part,
        row.received_at,
    )


def _hold(row: Hold) -> Closing:
    return Closing("hold", row.pk, frozenset({row.person_id}), since=row.placed_at)


def _invalidation(row: Invalidation) -> Closing:
    return Closing(
        "invalidation",
        row.pk,
        frozenset({row.person_id}),
        frozenset({row.consent_id}),
        Takedown.Why.INVALID,
        since=row.at,
    )


def _ending(row: EndingEvent) -> Closing:
    consents = Consent.objects.filter(person=row.person_id, ends_event=row.kind).values_list("pk", flat=True)
    return Closing(
        "ending",
        row.pk,
        frozenset({row.person_id}),
        frozenset(consents),
        Takedown.Why.ENDED,
        since=row.occurred_at,
    )


def _merge(row: Merge) -> Closing:
    return Closing("merge", row.pk, frozenset({row.person_id, row.into_id}), since=row.merged_at)


def _change(row: LedgerEntry) -> Closing:
    people = frozenset({row.person}) if row.person else frozenset[int]()
    if row.event == NAMED:
        # What waits is refused at its hour, as changed; but the picture may be out already.
        return Closing("named", row.pk, people, takedown=Takedown.Why.MISSING, since=row.at)
    return Closing("change", row.pk, people, since=row.at)


def _gone(kind: str, number: int, consent: Consent, why: str, since: datetime | None) -> Closing:
    return Closing(kind, number, frozenset({consent.person_id}), frozenset({consent.pk}), why, since=since)


Source = tuple[Callable[[], QuerySet[Any]], Callable[[Any], Closing]]
SOURCES: dict[str, Source] = {
    "revocation": (Revocation.objects.all, _revocation),
    "hold": (Hold.objects.all, _hold),
    "invalidation": (Invalidation.objects.all, _invalidation),
    "ending": (EndingEvent.objects.all, _ending),
    "merge": (Merge.objects.all, _merge),
    "change": (lambda: LedgerEntry.objects.filter(event__in=CHANGES), _change),
}
EXPIRY = "expiry"
