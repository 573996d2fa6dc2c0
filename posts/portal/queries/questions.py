"""Questions, read: a holder's own, and the one that staff answer."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from consent.access.models import Practice
from consent.people.queries import identity_ids
from consent.records.models import HolderLink

from ..models import Question


def questions_of(link: HolderLink) -> QuerySet[Question]:
    """What this holder asked about the person, whichever of their links it came by; the newest first."""
    rows = Question.objects.filter(
        person__in=identity_ids(link.person), link__representation=link.representation_id
    )
    return rows.order_by("-asked_at", "-pk")


def question_of(practice: Practice, pk: int) -> Question:
    """One question of the practice. Raises Http404 for anything else."""
    related = ("person", "link__representation__representative", "answered_by")
    return get_object_or_404(Question.objects.filter(practice=practice).select_related(*related), pk=pk)
