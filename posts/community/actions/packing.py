"""Take down that the whole of a repost was handed out as a file."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import RepostRequest


def note_packed(*, request: RepostRequest, sha256: str, by: Actor, at: datetime) -> None:
    """Somebody made the pack of this request, and `sha256` is of what it tells: who proves what is itself on record."""
    with recording(by=by, at=at):
        record("repost.packed", request, sha256=sha256)
