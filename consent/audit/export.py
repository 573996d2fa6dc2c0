"""The ledger as JSON lines, each with its body exactly as it was hashed: to be verified anywhere by `offline.py`."""

import base64
import json
from collections.abc import Iterator

from .queries import raw_entries


def exported_lines(chain: str) -> Iterator[str]:
    """One line for each entry of the chain: chain, seq, previous, hash, body."""
    for seq, hash_, previous, body, *_ in raw_entries(chain):
        entry = {"chain": chain, "seq": seq, "previous": previous, "hash": hash_, **_as_text(bytes(body))}
        yield json.dumps(entry) + "\n"


def _as_text(body: bytes) -> dict[str, str]:
    """Readable if it can be; a body that somebody made unreadable is exported all the same."""
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode()}
