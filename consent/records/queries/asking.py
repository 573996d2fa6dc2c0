"""Who signed which version of a form, who has yet to sign the changed one, and who is to be asked again."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from consent.access.models import Practice
from consent.people.models import Person
from consent.people.queries import identity_ids
from consent.wording.models import Wording

from ..models import Consent, Reask
from .views import consents_standing

LISTED = 500


@dataclass(frozen=True)
class Signed:
    """Somebody's newest signature on a form: on which version, and whether it still stands."""

    consent: Consent
    stands: bool
    reask: Reask | None

    @property
    def person_id(self) -> int:
        """Whose it is."""
        return self.consent.person_id


@dataclass(frozen=True)
class SignedVersions:
    """Those who signed a version or a newer one, and those whose permission still rests on an earlier one."""

    signed: list[Signed]
    yet: list[Signed]
    is_whole: bool


def signed_versions(wording: Wording, at: datetime) -> SignedVersions:
    """Who signed `wording`, in any language of that version or a later one, and who has yet to.

    Only a permission that still stands is to be renewed. At most `LISTED` people, the latest to sign first.
    """
    rows = Consent.objects.filter(practice=wording.practice_id, wording__template=wording.template_id)
    newest: dict[int, Consent] = {}
    order = ("-wording__effective_from", "-signed_at", "-pk")
    for consent in rows.select_related("wording", "person").order_by(*order)[: LISTED * 2]:
        newest.setdefault(consent.person_id, consent)
    listed = list(newest.values())[:LISTED]
    standing = consents_standing([consent.pk for consent in listed], at)
    reasks = {row.person_id: row for row in _reasks(wording.practice_id).filter(wording=wording)}
    told = [Signed(one, one.pk in standing, reasks.get(one.person_id)) for one in listed]
    current = [one for one in told if _is_current(one.consent.wording, wording)]
    yet = [one for one in told if one not in current and one.stands]
    return SignedVersions(current, yet, len(newest) <= LISTED)


def open_reasks(practice: Practice, person: Person | None = None) -> QuerySet[Reask]:
    """Who is to be asked again and has neither signed since nor said no, the oldest first."""
    rows = _reasks(practice.pk).filter(~Exists(_answers()), closed_at=None)
    if person is not None:
        rows = rows.filter(person__in=identity_ids(person))
    return rows.order_by("asked_at", "pk")


def reask_of(practice: Practice, pk: int) -> Reask:
    """One request of the practice. Raises Http404 for anything else."""
    return get_object_or_404(_reasks(practice.pk), pk=pk)


def _reasks(practice_id: int) -> QuerySet[Reask]:
    rows = Reask.objects.filter(practice=practice_id)
    return rows.select_related("person", "wording__template", "asked_by", "closed_by")


def _answers() -> QuerySet[Consent]:
    """What answers a request: a signature on that version or a later one, since it was asked."""
    return Consent.objects.filter(
        person=OuterRef("person"),
        wording__template=OuterRef("wording__template"),
        wording__effective_from__gte=OuterRef("wording__effective_from"),
        wording__is_foreign=False,
        signed_at__gte=OuterRef("asked_at"),
    )


def _is_current(signed: Wording, wording: Wording) -> bool:
    """Whether `signed` is this version, a later one, or a translation of one; a found paper is never current."""
    return not signed.is_foreign and signed.effective_from >= wording.effective_from
