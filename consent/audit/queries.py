"""Read the ledger: which chains there are, and the raw rows of one, in order and in pieces."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, models

from .models import ChainHead, Checkpoint, LedgerEntry
from .rules import INSTALLATION, practice_chain

CHUNK = 5_000
Row = tuple[Any, ...]
# SQLite keeps instants as text; read as such they cost no conversion. PostgreSQL's driver converts them fast.
AT = {"sqlite": "CAST(at AS text)"}
# Each further chain costs one step in the index, where DISTINCT would read every entry.
NEXT_CHAIN = "SELECT MIN(chain) FROM consent_ledgerentry WHERE chain > %s"


def chain_of(subject: models.Model) -> str:
    """The chain of the practice that `subject` belongs to, or the installation's."""
    practice = subject.pk if subject._meta.model_name == "practice" else getattr(subject, "practice_id", None)
    return INSTALLATION if practice is None else practice_chain(practice)


def subject_of(subject: models.Model) -> str:
    """How an entry names what it is about: ``post:12``."""
    return f"{subject._meta.model_name}:{subject.pk}"


def all_chains() -> list[str]:
    """Every chain that has an entry, an end or a checkpoint: a chain whose rows were all removed is named too."""
    known = set(ChainHead.objects.values_list("chain", flat=True))
    known.update(Checkpoint.objects.values_list("chain", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(NEXT_CHAIN, [""])
        while chain := cursor.fetchone()[0]:
            known.add(chain)
            cursor.execute(NEXT_CHAIN, [chain])
    return sorted(known)


def latest_position(event: str, subject: models.Model) -> int | None:
    """The position in its chain of the latest `event` about `subject`; None if the ledger knows none."""
    return (
        LedgerEntry.objects.filter(chain=chain_of(subject), subject=subject_of(subject), event=event)
        .order_by("-seq")
        .values_list("seq", flat=True)
        .first()
    )


def raw_entries(chain: str, after: int = 0) -> Iterator[Row]:
    """The rows behind position `after`: seq, hash, previous, body, event, actor, subject, person, at.

    In pieces of `CHUNK`, so that a chain of any length needs neither memory nor a long transaction.
    """
    at = AT.get(connection.vendor, "at")
    query = (
        f"SELECT seq, hash, previous, body, event, actor, subject, person, {at} FROM consent_ledgerentry"
        " WHERE chain = %s AND seq > %s ORDER BY seq LIMIT %s"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [chain, after, CHUNK])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < CHUNK:
            return
        after = rows[-1][0]


def entries_up_to(chain: str, seq: int) -> int:
    """How many rows the chain has at or before position `seq`; more than `seq` of them would be too many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM consent_ledgerentry WHERE chain = %s AND seq <= %s", [chain, seq]
        )
        return int(cursor.fetchone()[0])
