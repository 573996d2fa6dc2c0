"""`manage.py read_bounces`: read what mail servers sent back, and mark the messages and addresses that failed.

Give the mailbox that receives the bounces of DEFAULT_FROM_EMAIL, from cron; or pipe one report in from the mail server.
"""

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from email import message_from_binary_file, policy
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consent.audit.rules import Actor
from consent.outbox.actions import note_bounce
from consent.outbox.bounces import bounces_in
from consent.people.actions import bounce_contact_points

READER = Actor("system", "read_bounces")


class Command(BaseCommand):
    """See the module."""

    help = "Mark what came back, from a maildir, an mbox, or one RFC 3464 report on standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--maildir", help="a maildir; what was read counts as seen")
        where.add_argument("--mbox", help="a file of messages; it is only read")

    def handle(self, *args: Any, **options: Any) -> None:
        read, marked = 0, 0
        for message in _messages(options["maildir"], options["mbox"]):
            read += 1
            marked += _marked(message)
        self.stdout.write(f"Read {read}; marked as come back: {marked}.")


def _marked(message: Message) -> int:
    """How many messages of ours the report gives up on that were not known yet."""
    marked = 0
    for bounce in bounces_in(message):
        at = timezone.now()
        mail = note_bounce(bounce=bounce, by=READER, at=at)
        if mail is None:
            continue
        marked += 1
        if mail.practice_id is not None:
            bounce_contact_points(
                practice_id=mail.practice_id,
                address=bounce.recipient,
                mail=mail.pk,
                made_at=mail.created_at,
                by=READER,
                at=at,
            )
    return marked


def _messages(maildir: str | None, mbox: str | None) -> Iterable[Message]:
    if maildir is None and mbox is None:
        yield message_from_binary_file(sys.stdin.buffer, policy=policy.compat32)
        return
    place = Path(maildir or mbox or "")
    if not place.exists():
        raise CommandError(f"There is nothing at {place}.")
    if mbox:
        yield from mailbox.mbox(str(place), create=False)
        return
    folder = mailbox.Maildir(str(place), create=False)
    for key, message in list(folder.iteritems()):
        if "S" in message.get_flags():
            continue
        yield message
        message.add_flag("S")
        message.set_subdir("cur")
        folder[key] = message
