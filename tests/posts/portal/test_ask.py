"""A question from the own page: work for the front desk, answered on the page, announced without its content."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from consent.audit.models import LedgerEntry
from consent.outbox.models import OutgoingMail
from consent.people.actions import add_contact_point, confirm_contact_point
from posts.portal.models import Question
from tests.cast import NOW, Cast, by
from tests.consents import given_authority, signed_consent

from .visiting import come_in, give_birth_date, given_link, text_of

pytestmark = pytest.mark.django_db
ASKED, ANSWERED = "Who saw my picture?", "Everybody who follows us."


@pytest.fixture
def visitor(client: Client, cast: Cast) -> Client:
    """Ana on her page, not yet known."""
    signed_consent(cast, cast.ana)
    come_in(client, given_link(cast, cast.ana)[1])
    return client


@pytest.fixture
def desk(cast: Cast) -> Client:
    """Finn at the front desk."""
    client = Client()
    client.force_login(cast.finn)
    return client


def with_mail(cast: Cast) -> None:
    """Ana has an e-mail address that was checked."""
    point = add_contact_point(
        person=cast.ana, kind="email", value="ana@example.org", by=by(cast.finn), at=NOW
    )
    confirm_contact_point(point=point, by=by(cast.finn), at=NOW)


def ask(client: Client, words: str = ASKED) -> str:
    return text_of(client.post("/my/ask/", {"words": words}, follow=True))


def answer(desk: Client, words: str = ANSWERED) -> str:
    path = f"/p/riverbend/questions/{Question.objects.get().pk}/"
    return text_of(desk.post(path, {"answer": words}, follow=True))


class TestAsking:
    def test_works_from_the_link_alone_and_says_that_it_arrived(self, visitor: Client) -> None:
        page = ask(visitor)
        assert "Your question is with the front desk." in page
        assert ASKED not in page

    def test_shows_it_to_those_who_are_known(self, visitor: Client, cast: Cast) -> None:
        ask(visitor)
        page = text_of(give_birth_date(visitor, cast.ana.date_of_birth))
        assert ASKED in page
        assert "Not answered yet." in page

    def test_becomes_work_for_the_front_desk(self, visitor: Client, desk: Client) -> None:
        ask(visitor)
        page = text_of(desk.get("/p/riverbend/"))
        assert "Ana Ruiz asked a question on the own page." in page
        assert f"/p/riverbend/questions/{Question.objects.get().pk}/" in page

    def test_without_words_says_what_is_missing(self, visitor: Client) -> None:
        page = visitor.post("/my/ask/", {"words": "   "})
        assert page.status_code == 422
        assert "Write your question first." in text_of(page)

    def test_twice_in_a_row_is_one_question(self, visitor: Client) -> None:
        ask(visitor)
        ask(visitor)
        assert Question.objects.count() == 1

    def test_keeps_what_was_typed_when_five_are_open(self, visitor: Client) -> None:
        for number in range(5):
            ask(visitor, f"Question {number}?")
        page = ask(visitor, "And another?")
        assert "Five questions of yours are still open." in page
        assert "And another?" in page
        assert Question.objects.count() == 5

    def test_is_escaped_and_kept_sealed(self, visitor: Client, cast: Cast) -> None:
        ask(visitor, "<b>Hi there</b>")
        assert "&lt;b&gt;Hi there" in text_of(give_birth_date(visitor, cast.ana.date_of_birth))
        [sealed] = Question.objects.extra(select={"raw": "words"}).values_list("raw", flat=True)
        assert "Hi there" not in sealed  # a blank never stands in what is sealed

    def test_stays_out_of_the_ledger(self, visitor: Client) -> None:
        ask(visitor)
        entry = LedgerEntry.objects.get(event="question.asked")
        assert b"picture" not in bytes(entry.body)

    def test_of_a_mother_is_not_shown_to_others_who_sign(self, client: Client, cast: Cast) -> None:
        mother = given_authority(cast, cast.bea, cast.carla)
        other = given_authority(cast, cast.bea, cast.vic, authority="guardian")
        come_in(client, given_link(cast, cast.bea, mother)[1])
        ask(client)
        come_in(client, given_link(cast, cast.bea, other)[1])
        assert ASKED not in text_of(give_birth_date(client, cast.bea.date_of_birth))
        come_in(client, given_link(cast, cast.bea, mother)[1])
        assert ASKED in text_of(give_birth_date(client, cast.bea.date_of_birth))


class TestAnswering:
    def test_shows_the_answer_on_the_page(self, visitor: Client, desk: Client, cast: Cast) -> None:
        ask(visitor)
        answer(desk)
        page = text_of(give_birth_date(visitor, cast.ana.date_of_birth))
        assert ANSWERED in page
        assert "Riverbend Family Practice answered" in page

    def test_sends_a_notice_without_content(self, visitor: Client, desk: Client, cast: Cast) -> None:
        with_mail(cast)
        ask(visitor)
        assert "a message tells them that it is there" in answer(desk)
        mail = OutgoingMail.objects.get()
        assert mail.recipient == "ana@example.org"
        assert "http://localhost:8000/my/lost/riverbend/" in mail.body
        for secret in (ASKED, ANSWERED, "Ana"):
            assert secret not in mail.body + mail.subject

    def test_does_not_claim_to_have_told_somebody_without_a_checked_address(
        self, visitor: Client, desk: Client, cast: Cast
    ) -> None:
        add_contact_point(person=cast.ana, kind="email", value="ana@example.org", by=by(cast.finn), at=NOW)
        ask(visitor)
        assert "call them, so that they know" in answer(desk)
        assert not OutgoingMail.objects.exists()

    def test_happens_once_and_the_first_answer_stands(self, visitor: Client, desk: Client) -> None:
        ask(visitor)
        answer(desk)
        assert "Somebody has answered this question already." in answer(desk, "Something else")
        assert Question.objects.get().answer == ANSWERED

    def test_leaves_the_worklist(self, visitor: Client, desk: Client) -> None:
        ask(visitor)
        answer(desk)
        assert "asked a question" not in text_of(desk.get("/p/riverbend/"))

    def test_names_the_language_to_answer_in(self, visitor: Client, desk: Client) -> None:
        visitor.post("/my/language/", {"language": "es", "next": "/my/ask/"})
        ask(visitor)
        page = text_of(desk.get(f"/p/riverbend/questions/{Question.objects.get().pk}/"))
        assert "Write in Spanish." in page

    def test_without_words_changes_nothing(self, visitor: Client, desk: Client) -> None:
        ask(visitor)
        assert "This field is required" in answer(desk, " ")
        assert Question.objects.get().answered_at is None


class TestTheDatabase:
    @pytest.mark.parametrize(
        "change",
        [{"answer": "other"}, {"answered_at": NOW + timedelta(days=1)}],
    )
    def test_lets_nobody_change_an_answer(
        self, visitor: Client, desk: Client, change: dict[str, object]
    ) -> None:
        ask(visitor)
        answer(desk)
        with pytest.raises(DatabaseError), transaction.atomic():
            Question.objects.update(**change)

    def test_lets_nobody_change_or_delete_a_question(self, visitor: Client) -> None:
        ask(visitor)
        with pytest.raises(DatabaseError), transaction.atomic():
            Question.objects.update(words="other")
        with pytest.raises(DatabaseError), transaction.atomic():
            Question.objects.all().delete()

    def test_lets_nobody_answer_without_a_name(self, visitor: Client) -> None:
        ask(visitor)
        with pytest.raises(DatabaseError), transaction.atomic():
            Question.objects.update(answered_at=NOW)


class TestAnOldVisit:
    def test_cannot_ask_any_more(self, visitor: Client) -> None:
        with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
            assert visitor.post("/my/ask/", {"words": ASKED}).status_code == 404
        assert not Question.objects.exists()
