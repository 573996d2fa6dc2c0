"""Signatures and documents, read."""

from collections.abc import Collection

from .models import Signature


def complete_signatures(signature_ids: Collection[int]) -> set[int]:
    """Those signatures whose evidence packet is complete and whose document is stored (R71). One query."""
    signed = Signature.objects.filter(id__in=signature_ids, signed_document__isnull=False)
    return set(signed.values_list("id", flat=True))
