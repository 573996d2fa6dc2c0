"""What every act on a request begins with: its row, whether it still runs, a line in its thread."""

from datetime import datetime

from consent.audit.rules import Actor

from ..models import RepostRequest, RequestEvent


class AskRefused(Exception):
    """The story cannot be asked for like this; the sentence says what to do first."""


def note(request: RepostRequest, kind: str, *, by: Actor, at: datetime, words: str = "") -> None:
    """Keep what happened to the request, in the caller's transaction."""
    RequestEvent.objects.create(
        practice_id=request.practice_id,
        request=request,
        kind=RequestEvent.Kind(kind),
        at=at,
        by_id=int(by.id) if by.kind == "user" else None,
        words=words,
    )


def locked(request: RepostRequest) -> RepostRequest:
    """The request's row as it is now, taken for update."""
    rows = RepostRequest.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("practice", "story__practice", "post", "owner").get(pk=request.pk)


def require_running(request: RepostRequest, at: datetime) -> None:
    """Raise `AskRefused` if nothing more is asked."""
    if request.ended_at is not None or request.story.declined_at is not None:
        raise AskRefused("This request has ended. Nothing more is asked.")
    if request.sent_at is not None and request.lapses_at <= at:
        raise AskRefused("This request has lapsed. Begin a new one.")
