"""Say which words are the practice's own, and that they no longer are."""

from datetime import datetime

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.queries import is_called
from consent.people.rules import folded

from .models import OwnWords
from .rules.ours import NotOurs, checked_own_words


def keep_own_words(*, practice: Practice, text: str, by: Actor, at: datetime) -> OwnWords:
    """Know the words as the practice's own from now on; words that are known already stay as they are.

    Raises `NotOurs` for a single name, and for the name of anybody on record who does not work here (R34).
    """
    clean = checked_own_words(text)
    with recording(by=by, at=at):
        if is_called(practice, clean, at):
            raise NotOurs(
                "Somebody on record has this name, and does not work here. Link the words to them instead."
            )
        words, is_new = OwnWords.objects.get_or_create(
            practice=practice,
            folded=folded(clean)[:200],
            ended_at=None,
            defaults={"text": clean, "added_by_id": int(by.id), "added_at": at},
        )
        if is_new:
            record("own_words.kept", words)
    return words


def end_own_words(*, words: OwnWords, by: Actor, at: datetime) -> OwnWords:
    """They are no longer ours: what is seen in them stops posts again. Ended once, they stay so."""
    with recording(by=by, at=at):
        words = OwnWords.objects.select_for_update(no_key=True).get(pk=words.pk)
        if words.ended_at is None:
            words.ended_by_id, words.ended_at = int(by.id), at
            words.save(update_fields=["ended_by", "ended_at"])
            record("own_words.ended", words)
    return words
