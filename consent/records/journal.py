"""The revocation journal: one line outside the database for each revocation, fsynced right after its commit.

A database restored from yesterday's backup would forget today's revocations; the journal is replayed first (R59).
It holds identifiers only.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from consent.audit.rules import instant

from .models import Revocation

JOURNAL = "revocations.jsonl"


class JournalDamaged(Exception):
    """A line of the journal cannot be read; nothing after it was replayed."""


def append_to_journal(revocation: Revocation) -> None:
    """Add the revocation's line to ``revocations.jsonl`` in the data folder."""
    line: dict[str, Any] = {
        "consent": revocation.consent_id,
        "how": revocation.how,
        "part": revocation.part,
        "person": revocation.person_id,
        "practice": revocation.practice_id,
        "received_at": instant(revocation.received_at),
    }
    if revocation.asked_by_id is not None:
        line["asked_by"] = revocation.asked_by_id
    path = settings.DATA_DIR / JOURNAL
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, json.dumps(line, sort_keys=True).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def journal_lines() -> Iterator[dict[str, Any]]:
    """Every revocation that was ever received, oldest first; `received_at` is read. Raises `JournalDamaged`."""
    path = settings.DATA_DIR / JOURNAL
    if not path.exists():
        return
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            line = json.loads(text)
            yield {**line, "received_at": datetime.fromisoformat(line["received_at"])}
        except (ValueError, KeyError, TypeError) as error:
            raise JournalDamaged(f"Line {number} of {path} cannot be read: {error}") from error
