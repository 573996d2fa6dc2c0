"""Take down that the whole of a repost was handed out as a file."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import RepostRequest


def note_packed(*, request: RepostRequest, by: Actor, at: datetime) -> None:
    """Somebody made the pack of this request: who proves what to whom is itself on record."""
    with recording(by=by, at=at):
        record("repost.packed", request)
