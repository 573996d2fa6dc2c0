"""Wordings, read: what may be offered now, and what there is."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from consent.access.models import Practice

from .models import Wording


def wordings_of(practice: Practice) -> QuerySet[Wording]:
    """Every wording of the practice's own, by form, newest first; not the texts of papers that were found."""
    return (
        Wording.objects.filter(practice=practice, is_foreign=False)
        .select_related("template", "translation_of")
        .order_by("template__kind", "template_id", "language", "-effective_from", "-pk")
    )


def wording_of(practice: Practice, pk: int) -> Wording:
    """One wording of the practice. Raises Http404 for anything else."""
    return get_object_or_404(wordings_of(practice), pk=pk)


def wordings_on_offer(practice: Practice, kind: str, language: str, at: datetime) -> list[Wording]:
    """The forms of `kind` in `language` that may be handed over at `at`: the newest in effect of each template.

    A translation is offered only if a reviewer is named and it translates the newest version in effect
    (45 CFR 92.201(c)(3); R95).
    """
    in_effect = wordings_of(practice).filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at),
        template__kind=kind,
        effective_from__lte=at,
    )
    newest: dict[tuple[int, bool, str], Wording] = {}
    for wording in in_effect:
        key = (wording.template_id, wording.translation_of_id is None, wording.language)
        newest.setdefault(key, wording)
    masters = {wording.pk for wording in newest.values() if wording.translation_of_id is None}
    return [w for w in newest.values() if w.language == language and _is_current(w, masters)]


def _is_current(wording: Wording, masters: set[int]) -> bool:
    """Whether a wording is a master, or a reviewed translation of a master in effect."""
    if wording.translation_of_id is None:
        return True
    return wording.translation_of_id in masters and bool(wording.translation_reviewed_by)
