"""Legal holds that stand and that stood, and what was proposed, erased and cancelled (R60)."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from consent.access.models import Practice
from consent.people.models import Person
from consent.people.queries import identity_ids

from ..models import Disposal, LegalHold

LIFTED_SHOWN = 50


def legal_holds_of(person: Person) -> QuerySet[LegalHold]:
    """The legal holds that stand on the person, whichever merged record they were placed on; the oldest first."""
    return _rows().filter(person__in=identity_ids(person), lifted_at=None).order_by("placed_at", "pk")


def standing_legal_holds(practice: Practice) -> QuerySet[LegalHold]:
    """The practice's legal holds that stand, the oldest first."""
    return _rows().filter(practice=practice, lifted_at=None).order_by("placed_at", "pk")


def lifted_legal_holds(practice: Practice) -> QuerySet[LegalHold]:
    """The practice's legal holds that were lifted, the latest first."""
    rows = _rows().filter(practice=practice, lifted_at__isnull=False)
    return rows.order_by("-lifted_at", "-pk")[:LIFTED_SHOWN]


def erased_files(consent_ids: Collection[int]) -> set[int]:
    """Those of the consents whose signed document's file was erased: its SHA-256 is all that is left of it."""
    rows = Disposal.objects.filter(what=Disposal.What.FILE, consent__in=consent_ids)
    return set(rows.exclude(executed_at=None).values_list("consent", flat=True))


def open_disposals(practice: Practice) -> QuerySet[Disposal]:
    """What somebody proposed to erase and nobody has executed or cancelled, the oldest first."""
    rows = Disposal.objects.filter(practice=practice, executed_at=None, cancelled_at=None)
    return _told(rows).order_by("pk")


def closed_disposals(practice: Practice) -> QuerySet[Disposal]:
    """What was erased and what was cancelled, the latest first."""
    rows = Disposal.objects.filter(Q(executed_at__isnull=False) | Q(cancelled_at__isnull=False))
    return _told(rows.filter(practice=practice)).order_by("-pk")[:LIFTED_SHOWN]


def _told(rows: QuerySet[Disposal]) -> QuerySet[Disposal]:
    users = ("proposed_by", "executed_by", "cancelled_by")
    return rows.select_related("person", "consent__wording", *users).prefetch_related("person__names")


def _rows() -> QuerySet[LegalHold]:
    rows = LegalHold.objects.select_related("person", "consent__wording", "placed_by", "lifted_by")
    return rows.prefetch_related("person__names")
