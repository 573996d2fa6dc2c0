"""The chain's arithmetic: who acted, the canonical bytes of an entry, and the hash that binds it. No Django.

The same few lines stand in ``consent/audit/offline.py``, which runs without Postern.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

GENESIS = "0" * 64
INSTALLATION = "installation"

ActorKind = Literal["user", "person", "worker", "system"]


@dataclass(frozen=True)
class Actor:
    """Who did it: a signed-in user, a person at the tablet or on their own page, a worker, or the system."""

    kind: ActorKind
    id: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


SYSTEM = Actor("system")


def practice_chain(practice_id: int) -> str:
    """The name of a practice's chain."""
    return f"practice:{practice_id}"


def instant(at: datetime) -> str:
    """The instant in UTC, to the microsecond, always the same length."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(content: dict[str, Any]) -> bytes:
    """Sorted keys, no spaces, UTF-8. These bytes are stored and hashed; they are never made a second time."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def entry_hash(previous: str, body: bytes) -> str:
    """SHA-256 over the previous entry's hash and this entry's bytes."""
    return hashlib.sha256(bytes.fromhex(previous) + body).hexdigest()
