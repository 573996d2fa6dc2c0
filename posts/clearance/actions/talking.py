"""What reviewers and authors say to each other: notes that are never published, other words to take or leave."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.content.models import Post, Version
from posts.content.queries import payload_of
from posts.content.rules import checked_caption

from ..models import ReviewNote, Suggestion
from .locks import one_at_a_time

NOTE_LENGTH = 1000


class NothingSaid(Exception):
    """A note without words, or a suggestion that changes nothing."""


class AlreadyAnsweredSuggestion(Exception):
    """The author has taken or left these words before."""


def write_note(*, post: Post, text: str, by: Actor, at: datetime) -> ReviewNote:
    """Leave a note about a post; the newest note sent again by its author is that note. Raises `NothingSaid`."""
    text = text.strip()[:NOTE_LENGTH]
    if not text:
        raise NothingSaid("Write something first.")
    with recording(by=by, at=at):
        one_at_a_time(post)
        newest = ReviewNote.objects.filter(post=post).order_by("-pk").first()
        if newest is not None and (newest.written_by_id, newest.text) == (int(by.id), text):
            return newest
        note = ReviewNote.objects.create(
            practice_id=post.practice_id,
            post=post,
            text=text,
            written_by_id=int(by.id),
            written_at=at,
        )
        record("post.noted", post, note=note.pk)
    return note


def suggest(*, version: Version, caption: str, by: Actor, at: datetime) -> Suggestion:
    """Propose other words for a version; its author takes or leaves them. Sent again meanwhile, they are the same.

    Raises `NothingSaid`, `ContentRefused`.
    """
    caption = checked_caption(caption, version.account.handle)
    if caption == version.caption:
        raise NothingSaid("These are the words that stand there already. Change them first.")
    with recording(by=by, at=at):
        one_at_a_time(version)
        same = {"digest": payload_of(version).digest, "caption": caption, "suggested_by_id": int(by.id)}
        there = Suggestion.objects.filter(version=version, answered_at=None, **same).first()
        if there is not None:
            return there
        suggestion = Suggestion.objects.create(
            practice_id=version.practice_id, version=version, suggested_at=at, **same
        )
        record("post.suggested", version.post, suggestion=suggestion.pk, version=version.pk)
    return suggestion


def answer_suggestion(*, suggestion: Suggestion, accepted: bool, by: Actor, at: datetime) -> Suggestion:
    """Note whether the author took the words; writing them into the post is an act of its own.

    Raises `AlreadyAnsweredSuggestion`.
    """
    with recording(by=by, at=at):
        suggestion = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
        if suggestion.answered_at is not None:
            raise AlreadyAnsweredSuggestion("These words were taken or left before.")
        suggestion.accepted, suggestion.answered_by_id, suggestion.answered_at = accepted, int(by.id), at
        suggestion.save(update_fields=["accepted", "answered_by", "answered_at"])
        record(
            "post.suggestion_answered",
            suggestion.version.post,
            suggestion=suggestion.pk,
            accepted=accepted,
        )
    return suggestion
