"""Messages that came back: RFC 3464 reports, believed only if they name one of ours, marked where staff look."""

import io
import mailbox
import sys
from datetime import timedelta
from email import message_from_string

import pytest
import time_machine
from django.core.management import CommandError, call_command

from consent.audit.models import LedgerEntry
from consent.outbox.actions import send_due_mail
from consent.outbox.bounces import bounces_in
from consent.outbox.models import OutgoingMail
from consent.people.actions import verify_contact_point
from consent.people.models import ContactPoint
from consent.signing.actions import SendRefused, send_link
from tests.cast import NOW, Cast, by
from tests.ceremonies import prepared
from tests.desk import as_, at, words
from tests.links import address_of, sent

LATER = NOW + timedelta(minutes=5)
# As Postfix writes it, the returned message whole; and as Exchange does, with its headers alone.
POSTFIX = """\
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: postern@localhost.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="9B095B5ADSN=_01/mx"

--9B095B5ADSN=_01/mx
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

--9B095B5ADSN=_01/mx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 23 Nov 2026 10:00:01 -0500

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: Recipient address
    rejected: User unknown

--9B095B5ADSN=_01/mx
Content-Type: message/rfc822

From: Postern <postern@localhost.test>
To: {recipient}
Subject: Riverbend Family Practice asks you to read a form
Message-ID: {message_id}

Open it here.

--9B095B5ADSN=_01/mx--
"""
EXCHANGE = """\
From: <postmaster@contoso.example>
To: postern@localhost.test
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

Delivery has failed to these recipients.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns;contoso.example

Final-recipient: RFC822;{recipient}
Action: {action}
Status: {status}
Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound

--b1
Content-Type: text/rfc822-headers

From: Postern <postern@localhost.test>
To: {recipient}
Message-ID: {message_id}

--b1--
"""


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def cast(db):
    return Cast()


def report(
    mail, text=POSTFIX, *, recipient="ana@example.org", action="failed", status="5.1.1", message_id=""
):
    made = message_id or f"<postern.{mail.pk}.{mail.created_at.timestamp():.0f}@localhost>"
    return text.format(recipient=recipient, action=action, status=status, message_id=made)


def read(monkeypatch, text):
    """What the command says about a report on standard input."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    call_command("read_bounces", stdout=said)
    return said.getvalue()


@pytest.fixture
def mail(cast):
    """The link to Ana's form has left."""
    sent(cast)
    while send_due_mail(worker="test", at=NOW):
        pass
    return OutgoingMail.objects.get(kind="signing_link")


class TestAReport:
    @pytest.mark.parametrize("text", [POSTFIX, EXCHANGE], ids=["postfix", "exchange"])
    def test_marks_the_message_and_the_address(self, cast, mail, monkeypatch, text):
        assert "marked as come back: 1" in read(monkeypatch, report(mail, text))
        mail.refresh_from_db()
        assert mail.state == "bounced"
        assert mail.last_error.startswith("5.1.1 550 5.1.1")
        assert "ana@" not in mail.last_error
        assert ContactPoint.objects.get().bounced_at == LATER
        told = LedgerEntry.objects.filter(event__in=["mail.bounced", "contact.bounced"])
        assert told.count() == 2
        assert not any(b"ana@" in bytes(entry.body) for entry in told)

    def test_is_told_on_the_request_and_on_the_persons_page_with_what_to_do(self, cast, mail, monkeypatch):
        read(monkeypatch, report(mail))
        ceremony = ContactPoint.objects.get().person.ceremonies.get()
        page = words(as_(cast.finn).get(at("signing:ceremony", ceremony.pk)))
        assert "The message could not be delivered. The mail server said: 5.1.1" in page
        assert "Ask for another address, or <a" in page
        page = words(as_(cast.finn).get(at("records:person", cast.ana.pk)))
        assert ": ask for another address)" in page
        assert "Verify it anew" in page
        assert "the message came back. Ask for another address" in words(
            as_(cast.finn).get(at("reports:home"))
        )

    def test_lets_no_further_link_go_there(self, cast, mail, monkeypatch):
        read(monkeypatch, report(mail))
        with pytest.raises(SendRefused, match="came back"):
            send_link(ceremony=prepared(cast), point=ContactPoint.objects.get(), by=by(cast.finn), at=LATER)

    def test_read_twice_changes_nothing_more(self, cast, mail, monkeypatch):
        read(monkeypatch, report(mail))
        assert "marked as come back: 0" in read(monkeypatch, report(mail))

    @pytest.mark.parametrize(
        "said",
        [
            {"action": "delayed", "status": "4.4.1"},
            {"action": "failed", "status": "4.2.2"},
            {"action": "delivered", "status": "2.0.0"},
            {"message_id": "<postern.1.1@localhost>"},
            {"message_id": "<something@else.example>"},
        ],
        ids=["delayed", "for now", "delivered", "forged", "another's"],
    )
    def test_of_a_delay_or_of_nothing_of_ours_is_left_alone(self, cast, mail, monkeypatch, said):
        assert "marked as come back: 0" in read(monkeypatch, report(mail, **said))
        assert ContactPoint.objects.get().bounced_at is None

    def test_does_not_undo_a_verification_that_came_later(self, cast, mail, monkeypatch):
        verify_contact_point(
            point=ContactPoint.objects.get(), witness=cast.freya, how="photo_id", by=by(cast.finn), at=LATER
        )
        read(monkeypatch, report(mail))
        assert ContactPoint.objects.get().bounced_at is None

    def test_marks_only_the_address_it_names(self, cast, mail, monkeypatch):
        other = address_of(cast, cast.vic, "vic@example.org")
        read(monkeypatch, report(mail))
        other.refresh_from_db()
        assert other.bounced_at is None

    @pytest.mark.parametrize("text", ["", "Subject: hello\n\nNo report.", POSTFIX[:400], "\x00\xff"])
    def test_that_is_none_says_nothing(self, text):
        assert list(bounces_in(message_from_string(text))) == []


class TestAMailbox:
    def test_is_a_maildir_whose_reports_are_read_once(self, cast, mail, tmp_path):
        box = mailbox.Maildir(tmp_path / "box")
        box.add(report(mail))
        box.add("Subject: hello\n\nHello.")
        for expected in ("Read 2; marked as come back: 1.", "Read 0; marked as come back: 0."):
            said = io.StringIO()
            call_command("read_bounces", maildir=str(tmp_path / "box"), stdout=said)
            assert expected in said.getvalue()

    def test_is_an_mbox(self, cast, mail, tmp_path):
        box = mailbox.mbox(tmp_path / "box")
        box.add(report(mail))
        box.flush()
        said = io.StringIO()
        call_command("read_bounces", mbox=str(tmp_path / "box"), stdout=said)
        assert "marked as come back: 1" in said.getvalue()

    def test_that_is_not_there_is_said(self, db, tmp_path):
        with pytest.raises(CommandError, match="nothing at"):
            call_command("read_bounces", maildir=str(tmp_path / "none"))
