"""`manage.py after_restore`: the first thing to run after a backup was restored, before web and workers start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consent.audit.rules import SYSTEM
from consent.records.journal import JournalDamaged
from posts.publishing.actions.restore import after_restore


class Command(BaseCommand):
    """Pauses publishing, receives forgotten withdrawals again, marks what was due as unknown."""

    help = "Make a restored database safe to publish from."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = after_restore(by=SYSTEM, at=timezone.now())
        except JournalDamaged as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Publishing is paused. Withdrawals received again: {done.withdrawals}."
            f" Deliveries that somebody has to look at: {done.unknown}."
        )
