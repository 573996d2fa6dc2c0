"""The chain's arithmetic: who acted, the canonical bytes of an entry, and the hash that binds it. No Django.

The same few lines stand in ``consent/audit/offline.py``, which runs without Postern.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

GENESIS = "0" * 64  # what the first entry of a chain calls its previous hash
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
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def plain(value: Any) -> Any:
    """`value` as JSON can hold it without loss: instants and days as text, sets and tuples as lists.

    Raises `TypeError` for anything else: a model, a float, a key that is no text.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {_text(key): plain(part) for key, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(part) for part in value)
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    raise TypeError(
        f"The ledger holds text, whole numbers, instants and lists of them, not {type(value).__name__}."
    )


def _text(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"The keys of a fact are text, not {type(key).__name__}.")
    return key


def canonical(content: dict[str, Any]) -> bytes:
    """Sorted keys, no spaces, UTF-8. These bytes are stored and hashed; they are never made a second time."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def statement(*, chain: str, seq: int, head: str, at: str, key: str) -> bytes:
    """The bytes that a checkpoint signs: this chain ended here, with this hash, at this instant, under this key."""
    return canonical({"at": at, "chain": chain, "hash": head, "key": key, "seq": seq})


def entry_hash(previous: str, body: bytes) -> str:
    """SHA-256 over the previous entry's hash and this entry's bytes."""
    return hashlib.sha256(bytes.fromhex(previous) + body).hexdigest()
