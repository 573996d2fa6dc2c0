"""Somebody at an event would not be photographed: noted where those who take pictures see it, and forgotten soon."""

from datetime import datetime

from consent.access.rules import on_one_line
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Gathering, NoPhoto

LENGTH = 200


def note_no_photo(*, gathering: Gathering, words: str, by: Actor, at: datetime) -> NoPhoto:
    """Note how to know somebody who said "not me". Raises `ValueError` without a word."""
    words = on_one_line(words)[:LENGTH]
    if not words:
        raise ValueError("Write how to know them: a name, or what they wear.")
    with recording(by=by, at=at):
        row = NoPhoto.objects.create(
            practice_id=gathering.practice_id,
            gathering=gathering,
            words=words,
            noted_by_id=int(by.id),
            noted_at=at,
        )
        record("no_photo.noted", gathering, noted=row.pk)
    return row


def remove_no_photo(*, wish: NoPhoto, by: Actor, at: datetime) -> None:
    """It was a mistake, or they said otherwise: the words are deleted, that there was a note stays in the ledger."""
    with recording(by=by, at=at):
        record("no_photo.removed", wish.gathering, noted=wish.pk)
        NoPhoto.objects.filter(pk=wish.pk).delete()
