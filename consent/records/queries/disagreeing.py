"""Where two who may sign for a person do not agree: what is still to be settled, and what was."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from consent.access.models import Practice
from consent.people.models import Person, PersonName, Representation
from consent.people.queries import identity_ids

from ..models import Consent, Disagreement, Revocation


def disagreements_of(person: Person) -> QuerySet[Disagreement]:
    """Every disagreement about the person, whichever merged record it was recorded on; the latest first."""
    return _rows().filter(person__in=identity_ids(person)).order_by("-recorded_at", "-pk")


def unsettled_of(person: Person) -> QuerySet[Disagreement]:
    """What is still to be settled about the person, the oldest first."""
    return disagreements_of(person).filter(settled_at=None).order_by("recorded_at", "pk")


def unsettled(practice: Practice) -> QuerySet[Disagreement]:
    """All that is still to be settled, the oldest first."""
    return _rows().filter(practice=practice, settled_at=None).order_by("recorded_at", "pk")


def last_word_is_no(representation: Representation) -> datetime | None:
    """When this representative took permission back, unless they allowed something since or it was settled since."""
    about = {"person__in": identity_ids(representation.person)}
    said_by = f"person:{representation.representative_id}"
    taken_back = Revocation.objects.filter(received_by=said_by, **about).order_by("-received_at").first()
    if taken_back is None:
        return None
    since = taken_back.received_at
    allowed = Consent.objects.filter(signer=representation.representative, signed_at__gt=since, **about)
    settled = Disagreement.objects.filter(
        objector__representative=representation.representative, settled_at__gte=since, **about
    )
    return None if allowed.exists() or settled.exists() else since


def _rows() -> QuerySet[Disagreement]:
    names = Prefetch("objector__representative__names", PersonName.objects.order_by("-until", "pk"))
    rows = Disagreement.objects.select_related("objector__representative", "settled_by", "hold")
    return rows.prefetch_related(names)
