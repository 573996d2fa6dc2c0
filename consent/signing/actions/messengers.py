"""How a message reaches the signer: by e-mail through the outbox. SMS has its place here, and no service behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from consent.outbox.actions import enqueue_mail
from consent.people.models import ContactPoint


class NotConnected(Exception):
    """No service carries messages to this kind of contact; the sentence says what to use instead."""


@dataclass(frozen=True)
class Message:
    """What is sent: `kind` and `about` for the outbox, and the words. No subject names a person or their care."""

    kind: str
    about: str
    subject: str
    body: str


class Messenger(Protocol):
    """Takes messages to one kind of contact point, in the caller's transaction. Raises `NotConnected`."""

    def send(self, *, point: ContactPoint, message: Message, at: datetime) -> None:
        """Take the message over: it leaves after the commit, and is tried again until it does."""


class ByEmail:
    """E-mail, through the outbox."""

    def send(self, *, point: ContactPoint, message: Message, at: datetime) -> None:
        """Put it into the outbox."""
        enqueue_mail(
            kind=message.kind,
            recipient=point.value,
            subject=message.subject,
            body=message.body,
            practice_id=point.practice_id,
            about=message.about,
            at=at,
        )


class SmsNotConnected:
    """SMS, of which this installation has no service. It says so, and never pretends to have sent anything."""

    def send(self, *, point: ContactPoint, message: Message, at: datetime) -> None:
        """Refuse."""
        raise NotConnected("No SMS service is connected here. Choose an e-mail address.")


MESSENGERS: dict[str, Messenger] = {"email": ByEmail(), "phone": SmsNotConnected()}


def messenger_for(point: ContactPoint) -> Messenger:
    """The messenger for the kind of this contact point."""
    return MESSENGERS[point.kind]
