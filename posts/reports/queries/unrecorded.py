"""What lies in the database as if it had gone out, and the ledger knows nothing of: written by hand."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Exists, OuterRef

from consent.audit.models import LedgerEntry
from consent.audit.queries import chain_of
from posts.channels.models import WallEntry
from posts.publishing.models import Attempt, Delivery

CHUNK = 500
OUT = (Delivery.State.SENDING, Delivery.State.PUBLISHED)


def sent_by_hand() -> Iterator[Delivery]:
    """Deliveries that are said to be on their way or out, without the line that commits to sending them."""
    rows = Delivery.objects.filter(state__in=OUT).order_by("pk").iterator(chunk_size=CHUNK)
    while piece := list(islice(rows, CHUNK)):
        subjects = {f"delivery:{row.pk}" for row in piece}
        chains = {chain_of(row) for row in piece}
        lines = LedgerEntry.objects.filter(chain__in=chains, subject__in=subjects, event="delivery.intended")
        known = set(lines.values_list("subject", flat=True))
        yield from (row for row in piece if f"delivery:{row.pk}" not in known)


def hung_by_hand() -> Iterator[WallEntry]:
    """Entries of the wall that no attempt of ours has put there."""
    attempts = Attempt.objects.filter(remote_key=OuterRef("key"))
    yield from WallEntry.objects.filter(~Exists(attempts)).order_by("pk").iterator(chunk_size=CHUNK)
