"""Wordings and drafts, read: what may be offered now, what is being written, and what there is."""

from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from consent.access.models import Practice

from .models import Draft, DraftSave, Wording
from .rules import State, states


def wordings_of(practice: Practice) -> QuerySet[Wording]:
    """Every wording of the practice's own, by form, newest first; not the texts of papers that were found."""
    return (
        Wording.objects.filter(practice=practice, is_foreign=False)
        .select_related("template", "translation_of")
        .order_by("template__kind", "template_id", "language", "-effective_from", "-pk")
    )


def wording_of(practice: Practice, pk: int) -> Wording:
    """One wording of the practice. Raises Http404 for anything else."""
    return get_object_or_404(wordings_of(practice).select_related("override_by"), pk=pk)


def wording_states(practice: Practice, at: datetime, kind: str = "") -> dict[int, str]:
    """Whether each wording, by id, may be offered at `at`, and why not: a key of `STATES`. One query."""
    rows = wordings_of(practice)
    if kind:
        rows = rows.filter(template__kind=kind)
    return states((_state(row) for row in rows), at)


def wordings_on_offer(practice: Practice, kind: str, language: str, at: datetime) -> list[Wording]:
    """The forms of `kind` in `language` that may be handed over at `at`: the newest in effect of each template.

    A translation is offered only if a reviewer is named and it translates the newest version in effect
    (45 CFR 92.201(c)(3); R95).
    """
    rows = list(wordings_of(practice).filter(template__kind=kind))
    told = states((_state(row) for row in rows), at)
    return [row for row in rows if row.language == language and told[row.pk] == "offered"]


def master_in_effect(practice: Practice, kind: str, language: str, at: datetime) -> Wording | None:
    """The master of `kind` in `language` that is in effect at `at`."""
    rows = wordings_on_offer(practice, kind, language, at)
    return next((row for row in rows if row.translation_of_id is None), None)


def drafts_of(practice: Practice) -> QuerySet[Draft]:
    """The drafts that are open, the latest first."""
    rows = Draft.objects.filter(practice=practice, discarded_at=None, became=None)
    return rows.select_related("begun_by", "master").order_by("-begun_at", "-pk")


def draft_of(practice: Practice, pk: int) -> Draft:
    """One draft of the practice, open or ended. Raises Http404 for anything else."""
    rows = Draft.objects.select_related("practice", "begun_by", "master__template", "begun_from")
    return get_object_or_404(rows, practice=practice, pk=pk)


def saves_of(draft: Draft) -> list[DraftSave]:
    """Every save of a draft, the newest first; there is always one."""
    return list(DraftSave.objects.select_related("saved_by", "draft").filter(draft=draft).order_by("-number"))


def _state(row: Wording) -> State:
    return State(
        pk=row.pk,
        template=row.template_id,
        language=row.language,
        master=row.translation_of_id,
        effective_from=row.effective_from,
        withdrawn_at=row.withdrawn_at,
        is_reviewed=bool(row.translation_reviewed_by),
    )
