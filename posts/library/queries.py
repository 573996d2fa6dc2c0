"""The practice's own approved replies, read."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from consent.access.models import Practice

from .models import CannedReply


def canned_replies(practice: Practice) -> QuerySet[CannedReply]:
    """Those that wait and those that are approved, the waiting ones first."""
    rows = CannedReply.objects.filter(practice=practice, retired_at=None)
    return rows.select_related("proposed_by", "confirmed_by").order_by("confirmed_at", "folded", "pk")


def approved_replies(practices: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The words of each practice's approved replies; one query."""
    rows = CannedReply.objects.filter(
        practice__in=practices, confirmed_at__isnull=False, retired_at=None
    ).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for practice, text in rows.values_list("practice_id", "text"):
        found[practice].append(text)
    return {practice: tuple(texts) for practice, texts in found.items()}
