"""A real mail server on this machine, and one message that waits."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from consent.outbox.actions import enqueue_mail
from consent.outbox.models import OutgoingMail
from tests.cast import NOW


class Postmaster:
    """Takes mail in; `answers` are what it says to the next messages, then it accepts."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.recipients: list[str] = []
        self.answers: list[str] = []
        vars(self)["handle_DATA"] = self.take  # aiosmtpd looks for this name

    async def take(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """What the server does with a letter."""
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content.decode())
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def postmaster(settings: Any) -> Iterator[Postmaster]:
    handler = Postmaster()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


@pytest.fixture
def enqueue() -> Callable[..., OutgoingMail]:
    """`enqueue()` puts a message for Ana into the outbox."""

    def put_in(**changed: Any) -> OutgoingMail:
        letter = {
            "kind": "copy",
            "recipient": "ana@example.org",
            "subject": "Your copy",
            "body": "Your page: https://postern.example.org/my/secret",
            "practice_id": None,
            "about": "consent:12",
            "at": NOW,
        }
        return enqueue_mail(**(letter | changed))

    return put_in
