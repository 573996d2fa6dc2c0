"""Ask a question on the own page, and answer it. The words stay on the page; a mail says only that they are there."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.outbox.actions import enqueue_mail
from consent.people.models import Person
from consent.records.actions import use_holder_link
from consent.records.models import HolderLink

from ..models import Question
from ..queries import mail_of, questions_of
from ..queries.mails import answer_mail
from ..rules import MAX_OPEN_QUESTIONS, QUESTION_LENGTH


class TooManyOpen(Exception):
    """Five questions of this holder wait for an answer."""


class AlreadyAnswered(Exception):
    """Somebody else was quicker: what they wrote stands."""


def ask_question(
    *, link: HolderLink, words: str, language: str, known: bool, by: Actor, at: datetime
) -> Question:
    """Keep a question of whoever holds the link; the same words while they wait are one question.

    Raises `TooManyOpen`.
    """
    words = words.strip()[:QUESTION_LENGTH]
    with recording(by=by, at=at):
        Person.objects.select_for_update(no_key=True).get(pk=link.person_id)
        waiting = list(questions_of(link).filter(answered_at=None))
        again = next((one for one in waiting if one.words == words), None)
        if again is not None:
            return again
        if len(waiting) >= MAX_OPEN_QUESTIONS:
            raise TooManyOpen("Five questions wait for an answer.")
        question = Question.objects.create(
            practice_id=link.practice_id,
            person=link.person,
            link=link,
            language=language,
            words=words,
            asked_at=at,
        )
        record("question.asked", question, person=link.person_id)
        use_holder_link(link=link, known=known, by=by, at=at)
    return question


def answer_question(*, question: Question, answer: str, by: Actor, at: datetime) -> bool:
    """Answer a question once; whether a notice goes to a checked address. Raises `AlreadyAnswered`."""
    with recording(by=by, at=at):
        row = (
            Question.objects.select_for_update(no_key=True, of=("self",))
            .select_related("link__person")
            .get(pk=question.pk)
        )
        if row.answered_at is not None:
            raise AlreadyAnswered("Somebody has answered this question already.")
        row.answer, row.answered_at, row.answered_by_id = answer.strip(), at, int(by.id)
        row.save(update_fields=["answer", "answered_at", "answered_by"])
        record("question.answered", row, person=row.person_id)
        point = mail_of(row.link)
        if point is None:
            return False
        subject, body = answer_mail(row.practice, row.language)
        enqueue_mail(
            kind="question_answered",
            recipient=point.value,
            subject=subject,
            body=body,
            practice_id=row.practice_id,
            about=f"question:{row.pk}",
            at=at,
        )
    return True
