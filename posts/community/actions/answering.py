"""What the author does on their own page, and what a member notes of it. A "yes" is no permission (G79)."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.queries import identity_ids

from ..models import RepostRequest, RequestForm, Story
from .ending import end
from .steps import AskRefused, locked, note, require_running

LONGEST_REPLY = 1_000


class AnswerRefused(Exception):
    """This cannot be answered now; `key` names the sentence of the page."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def note_seen(*, request: RepostRequest, by: Actor, at: datetime) -> None:
    """The author's page was opened, by a POST of whoever reads it: mail scanners open links, too."""
    with recording(by=by, at=at):
        request = locked(request)
        if request.seen_at is None:
            request.seen_at = at
            request.save(update_fields=["seen_at"])
            note(request, "seen", by=by, at=at)
            record("repost.seen", request)


def note_reply(*, request: RepostRequest, words: str, by: Actor, at: datetime) -> RepostRequest:
    """A member notes what the author answered in public or in a message: never sufficient, but no longer silent.

    Raises `AskRefused` for words that are empty or too long, or once the request has ended.
    """
    words = " ".join(words.split())
    if not words or len(words) > LONGEST_REPLY:
        raise AskRefused(f"Write what they answered, at most {LONGEST_REPLY:,} characters.")
    with recording(by=by, at=at):
        request = locked(request)
        require_running(request, at)
        if request.replied_at is None:
            request.replied_at = at
            request.save(update_fields=["replied_at"])
        note(request, "replied", by=by, at=at, words=words)
        record("repost.replied", request)
        return request


def decline(*, request: RepostRequest, by: Actor, at: datetime) -> None:
    """No thanks: kindly the end, for good. Nobody asks again for this story; said twice, it is said once."""
    with recording(by=by, at=at):
        request = locked(request)
        story = Story.objects.select_for_update(no_key=True).get(pk=request.story_id)
        if story.declined_at is not None:
            return
        story.declined_at = at
        story.save(update_fields=["declined_at"])
        if request.ended_at is None:
            end(request, RepostRequest.Ended.DECLINED, by=by, at=at)


def require_answerable(request: RepostRequest, at: datetime) -> None:
    """Raise `AnswerRefused` if the author's page has nothing to answer any more."""
    try:
        require_running(request, at)
    except AskRefused as error:
        raise AnswerRefused("closed") from error
    if request.story.gone_at is not None:
        raise AnswerRefused("closed")


def is_of_author(form: RequestForm, request: RepostRequest) -> bool:
    """Whether the author signs this form: their licence, or the authorization about themselves or their child."""
    licence = RequestForm.objects.filter(request=request, kind=RequestForm.Kind.LICENCE).first()
    if licence is None:
        return False
    return form.ceremony.signer_id in identity_ids(licence.ceremony.signer)
