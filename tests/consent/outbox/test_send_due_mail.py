"""A worker sends what is due: against a real mail server, and with the folder that is the default."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction

from consent.audit.models import LedgerEntry
from consent.outbox.actions import NotStuck, retry_mail, send_due_mail
from consent.outbox.models import OutgoingMail
from consent.outbox.queries import stuck_mail
from consent.outbox.rules import LEASE, TRIES, WAITS
from tests.cast import NOW, Cast, by

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def send(at=NOW, worker="one"):
    return send_due_mail(worker=worker, at=at)


def events():
    return list(LedgerEntry.objects.order_by("pk").values_list("event", flat=True))


class TestEnqueueing:
    def test_is_undone_with_the_callers_transaction(self, enqueue):
        def enqueue_and_fail():
            enqueue()
            raise RuntimeError

        with pytest.raises(RuntimeError), transaction.atomic():
            enqueue_and_fail()
        assert not OutgoingMail.objects.exists()

    def test_keeps_address_and_text_unreadable_in_the_database(self, enqueue):
        enqueue()
        with connection.cursor() as cursor:
            cursor.execute("SELECT recipient || body FROM consent_outgoingmail")
            (stored,) = cursor.fetchone()
        assert "ana@" not in stored
        assert "secret" not in stored

    def test_lets_no_subject_begin_another_header(self, enqueue, postmaster):
        enqueue(subject="Your copy\nBcc: everyone@example.org")
        assert send()
        assert postmaster.recipients == ["ana@example.org"]


class TestSending:
    def test_delivers_the_message(self, enqueue, postmaster):
        mail = enqueue()
        assert send()
        assert postmaster.recipients == ["ana@example.org"]
        assert "Subject: Your copy" in postmaster.letters[0]
        assert f"Message-ID: <postern.{mail.pk}." in postmaster.letters[0]

    def test_forgets_address_and_text_afterwards(self, enqueue, postmaster):
        mail = enqueue()
        send()
        mail.refresh_from_db()
        assert (mail.state, mail.sent_at, mail.recipient, mail.body) == ("sent", NOW, "", "")

    def test_is_told_in_the_ledger_without_the_address(self, enqueue, postmaster):
        enqueue()
        send()
        entry = LedgerEntry.objects.get()
        assert (entry.event, entry.actor) == ("mail.sent", "worker:one")
        assert json.loads(bytes(entry.body))["facts"] == {"about": "consent:12", "kind": "copy"}

    def test_has_nothing_to_do_before_a_message_is_due(self, enqueue, postmaster):
        enqueue(at=NOW + MINUTE)
        assert not send()
        assert send(NOW + MINUTE)
        assert not send(NOW + MINUTE)

    def test_writes_into_a_folder_where_no_server_is_set(self, enqueue, settings, tmp_path):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = str(tmp_path)
        enqueue()
        assert send()
        (letter,) = tmp_path.iterdir()
        assert "To: ana@example.org" in letter.read_text()


class TestFailing:
    def test_waits_longer_each_time_and_then_is_stuck(self, enqueue, postmaster):
        mail, at = enqueue(), NOW
        postmaster.answers = ["451 try again later, ana@example.org"] * TRIES
        for wait in WAITS:
            assert send(at)
            assert not send(at + wait - MINUTE / 2)
            at += wait
        assert send(at)
        mail.refresh_from_db()
        assert (mail.state, mail.attempts) == ("stuck", TRIES)
        assert "451" in mail.last_error
        assert "ana@" not in mail.last_error
        assert events() == ["mail.stuck"]

    def test_goes_when_the_server_recovers(self, enqueue, postmaster):
        enqueue()
        postmaster.answers = ["451 try again later"]
        assert send()
        assert send(NOW + WAITS[0])
        assert len(postmaster.letters) == 1
        assert events() == ["mail.sent"]

    def test_is_stuck_at_once_when_refused_for_good(self, enqueue, postmaster):
        mail = enqueue()
        postmaster.answers = ["554 no such person"]
        send()
        mail.refresh_from_db()
        assert mail.state == "stuck"

    def test_waits_while_no_server_answers(self, enqueue, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
        mail = enqueue()
        assert send()
        mail.refresh_from_db()
        assert (mail.state, mail.not_before) == ("queued", NOW + WAITS[0])

    def test_is_seen_by_its_own_practice_only(self, enqueue, postmaster):
        postmaster.answers = ["554 no"]
        mail = enqueue(practice_id=5)
        send()
        assert list(stuck_mail(5)) == [mail]
        assert not stuck_mail(6).exists()


class TestRetrying:
    def test_sends_a_stuck_message_after_all(self, enqueue, postmaster):
        cast, mail = Cast(), enqueue()
        postmaster.answers = ["554 no"]
        send()
        retry_mail(mail=mail, by=by(cast.eve), at=NOW + MINUTE)
        assert send(NOW + MINUTE)
        assert postmaster.recipients == ["ana@example.org"]
        assert events() == ["mail.stuck", "mail.retried", "mail.sent"]

    def test_refuses_one_that_is_not_stuck(self, enqueue):
        with pytest.raises(NotStuck, match="not stuck"):
            retry_mail(mail=enqueue(), by=by(Cast().eve), at=NOW)


class TestLosingAWorker:
    def test_lets_another_take_over_when_the_lease_is_over(self, enqueue, postmaster, monkeypatch):
        enqueue()

        class Killed(BaseException):
            """As kill -9: nothing after it runs."""

        def die(message):
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr("consent.outbox.actions._send", die)
            with pytest.raises(Killed):
                send()
        assert not send(NOW + LEASE - MINUTE, worker="two")
        assert send(NOW + LEASE, worker="two")
        assert postmaster.recipients == ["ana@example.org"]

    def test_gives_up_a_message_that_kills_every_worker(self, enqueue, postmaster):
        mail = enqueue()
        OutgoingMail.objects.update(attempts=TRIES, leased_by="one", leased_until=NOW)
        assert send(NOW + LEASE)
        mail.refresh_from_db()
        assert (mail.state, postmaster.letters) == ("stuck", [])

    def test_a_late_worker_does_not_overrule_the_one_that_took_over(self, enqueue, postmaster, monkeypatch):
        mail = enqueue()

        def take_over(message):
            OutgoingMail.objects.filter(pk=mail.pk).update(leased_by="two", attempts=2)

        monkeypatch.setattr("consent.outbox.actions._send", take_over)
        assert send()
        mail.refresh_from_db()
        assert (mail.state, mail.leased_by) == ("queued", "two")
        assert events() == []
