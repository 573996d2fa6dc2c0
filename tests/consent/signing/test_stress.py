"""What goes wrong around a signature: pressed a hundred times, the database or the mail server away, odd names."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from consent.audit.models import LedgerEntry
from consent.evidence.models import Signature
from consent.outbox.actions import send_due_mail
from consent.outbox.models import OutgoingMail
from consent.people.models import PersonName
from consent.records.models import Consent
from consent.signing.actions import PrepareRefused
from consent.signing.models import Ceremony
from consent.signing.requests_out import requests_out
from tests.cast import NOW, Cast
from tests.ceremonies import answered, prepared, scribble
from tests.desk import words
from tests.links import opened, post, quick_paper, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    quick_paper(monkeypatch)


@pytest.fixture
def client(cast):
    """Ana's phone, at the signature."""
    sent(cast)
    phone = opened()
    answered(Ceremony.objects.get())
    return phone


def signatures():
    return Signature.objects.count(), Consent.objects.count()


@pytest.mark.django_db(transaction=True)
class TestAHundredSubmits:
    def test_over_four_connections_give_one_signature(self, client):
        cookie = client.cookies["postern_sign"].value
        answers, start = [], threading.Barrier(4)

        def press():
            try:
                phone = Client(headers={"User-Agent": "A phone"}, raise_request_exception=False)
                phone.cookies["postern_sign"] = cookie
                start.wait()
                for _ in range(25):
                    sent = {"method": "typed", "typed_name": "Ana Ruiz"}
                    answers.append(phone.post(reverse("signing:own_sign"), sent).status_code)
            finally:
                connection.close()

        threads = [threading.Thread(target=press) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [302] * 100
        assert signatures() == (1, 1)
        assert LedgerEntry.objects.filter(event="consent.signed").count() == 1


class TestTheDatabase:
    def away(self, execute, sql, params, many, context):
        if sql.startswith("INSERT INTO") and "consent_signature" in sql:
            raise OperationalError("the server closed the connection")
        return execute(sql, params, many, context)

    def test_away_at_the_moment_of_signing_says_that_trying_again_is_safe(self, client):
        with connection.execute_wrapper(self.away):
            answer = post(client, "own_sign", method="drawn", drawing=scribble())
        assert answer.status_code == 503
        assert "However often you press Sign, you sign once" in words(answer)
        assert "firma una sola vez" in words(answer)
        assert 'href="/sign/"' in words(answer)
        assert signatures() == (0, 0)
        assert "Your signature" in words(client.get("/sign/"))
        post(client, "own_sign", method="drawn", drawing=scribble())
        assert signatures() == (1, 1)


class TestTheMailServer:
    def test_away_leaves_the_link_in_the_queue_says_so_and_sends_it_later(self, cast, settings):
        sent(cast)
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 9
        assert send_due_mail(worker="test", at=NOW)
        assert "has not left yet" in requests_out(cast.practice, NOW)[0].trouble
        settings.EMAIL_BACKEND = backend
        assert send_due_mail(worker="test", at=NOW + timedelta(minutes=1))
        assert OutgoingMail.objects.get().state == "sent"
        assert requests_out(cast.practice, NOW)[0].trouble == ""


class TestAClockSetBack:
    def test_in_the_middle_loses_nothing_and_signs(self, client, clock):
        clock.move_to(NOW - timedelta(hours=3))
        assert "Your signature" in words(client.get("/sign/"))
        post(client, "own_sign", method="drawn", drawing=scribble())
        assert signatures() == (1, 1)


class TestAName:
    @pytest.mark.parametrize(
        ("given", "family"),
        [
            ("Zoë", "O’Brien-Ñandú"),
            ("Ελένη", "Παπαδοπούλου"),
            ("Зоя", "Щербакова"),
            ("A" * 150, "B" * 149),
        ],
        ids=["accents", "Greek", "Cyrillic", "300 characters"],
    )
    def test_that_can_be_printed_is_shown_typed_and_kept(self, cast, given, family):
        PersonName.objects.filter(person=cast.ana).update(given=given, family=family)
        sent(cast)
        client = opened()
        name = f"{given} {family}".strip()
        assert name in words(client.get("/sign/"))
        answered(Ceremony.objects.get())
        post(client, "own_sign", method="typed", typed_name=name)
        assert Signature.objects.get().mark.typed_name == name

    @pytest.mark.parametrize(
        ("given", "family"),
        [("Zoë 🌻", "Reyes"), ("مريم", "العلي"), ("玉", "李"), ("🦊", "")],
        ids=["emoji", "right to left", "ideographs", "nothing but a picture"],
    )
    def test_that_cannot_be_printed_is_refused_before_anybody_is_asked(self, cast, given, family):
        PersonName.objects.filter(person=cast.ana).update(given=given, family=family)
        with pytest.raises(PrepareRefused, match="which our documents cannot print"):
            prepared(cast)


class TestADrawing:
    @pytest.mark.parametrize("size", [600_000, 5_500_000])
    def test_of_megabytes_is_refused_with_a_sentence(self, client, size):
        answer = post(client, "own_sign", method="drawn", drawing="1," * (size // 2))
        assert answer.status_code == 422
        assert "too large to keep" in words(answer)
        assert signatures() == (0, 0)
