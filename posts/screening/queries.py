"""The practice's own words, read."""

from django.db.models import QuerySet

from consent.access.models import Practice

from .models import OwnWords


def own_words(practice: Practice) -> QuerySet[OwnWords]:
    """The words known as the practice's own, in the order of the alphabet."""
    rows = OwnWords.objects.filter(practice=practice, ended_at=None).select_related("added_by")
    return rows.order_by("folded", "pk")
