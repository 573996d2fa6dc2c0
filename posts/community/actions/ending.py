"""End a request: nothing more is asked, and no paper waits."""

from datetime import datetime

from consent.audit.ledger import record
from consent.audit.rules import Actor

from ..models import RepostRequest
from .papers import take_back
from .steps import note
from .unproved import end_proofs


def end(request: RepostRequest, how: RepostRequest.Ended, *, by: Actor, at: datetime) -> RepostRequest:
    """End a request in the caller's transaction: papers without an answer are taken back."""
    request.ended, request.ended_at = how, at
    request.save(update_fields=["ended", "ended_at"])
    take_back(request=request, by=by, at=at)
    end_proofs(request, at)
    note(request, str(how), by=by, at=at)
    record("repost.ended", request, how=str(how))
    return request
