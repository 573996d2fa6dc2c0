"""End a request: nothing more is asked, and no paper waits."""

from datetime import datetime

from consent.audit.ledger import record
from consent.audit.rules import Actor
from consent.signing.models import Ceremony

from ..models import RepostRequest, RequestForm, Story
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


def said_no(request: RepostRequest) -> bool:
    """Whether the author said no on the licence. A no to the authorization alone ends only that."""
    licences = RequestForm.objects.filter(request=request, kind=RequestForm.Kind.LICENCE)
    return licences.filter(ceremony__state=Ceremony.State.DECLINED).exists()


def end_declined(request: RepostRequest, *, by: Actor, at: datetime) -> RepostRequest:
    """End a request whose author said no on a form, in the caller's transaction: as good as on their page."""
    Story.objects.filter(pk=request.story_id, declined_at=None).update(declined_at=at)
    return end(request, RepostRequest.Ended.DECLINED, by=by, at=at)
