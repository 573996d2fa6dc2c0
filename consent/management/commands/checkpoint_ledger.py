"""`manage.py checkpoint_ledger`: sign where the chains end, and send that away."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from consent.access.models import Practice
from consent.audit.checkpoints import as_line, latest_checkpoints, take_checkpoint
from consent.audit.rules import INSTALLATION, practice_chain
from consent.outbox.actions import enqueue_mail

LETTER = """Keep this message. It is a signed statement of where the record of {name} ended.

If anyone ever removes the newest part of the record, this statement shows it:
save the lines below as checkpoints.jsonl and run

    python3 consent/audit/offline.py ledger.jsonl --checkpoints checkpoints.jsonl

{lines}
"""


class Command(BaseCommand):
    help = "Take a signed checkpoint of every chain that moved; write or mail the last one of each chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", metavar="FILE", type=Path, help="add the checkpoints to this file")
        parser.add_argument(
            "--mail", action="store_true", help="mail them to each practice's privacy officer"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        taken = take_checkpoint(at=at)
        self.stdout.write(f"{len(taken)} checkpoints taken.")
        if options["to"]:
            with options["to"].open("a", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in _lines())
        if options["mail"]:
            with transaction.atomic():
                for practice in Practice.objects.exclude(privacy_email=""):
                    lines = _lines(INSTALLATION, practice_chain(practice.pk))
                    enqueue_mail(
                        kind="ledger checkpoint",
                        recipient=practice.privacy_email,
                        subject="Postern: signed end of the record",
                        body=LETTER.format(name=practice.name, lines="\n".join(lines)),
                        practice_id=practice.pk,
                        about=f"practice:{practice.pk}",
                        at=at,
                    )


def _lines(*chains: str) -> list[str]:
    return [json.dumps(as_line(checkpoint), sort_keys=True) for checkpoint in latest_checkpoints(*chains)]
