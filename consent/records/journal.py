"""The revocation journal: one line outside the database for each revocation, fsynced right after its commit.

A database restored from yesterday's backup would forget today's revocations; the journal is replayed first (R59).
It holds identifiers only.
"""

import json
import os
from typing import Any

from django.conf import settings

from consent.audit.rules import instant

from .models import Revocation


def append_to_journal(revocation: Revocation) -> None:
    """Add the revocation's line to ``revocations.jsonl`` in the data folder."""
    line: dict[str, Any] = {
        "consent": revocation.consent_id,
        "part": revocation.part,
        "person": revocation.person_id,
        "practice": revocation.practice_id,
        "received_at": instant(revocation.received_at),
    }
    path = settings.DATA_DIR / "revocations.jsonl"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, json.dumps(line, sort_keys=True).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
