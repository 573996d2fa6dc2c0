"""`manage.py rebuild_roster [PRACTICE …]`: enter everybody on the roster of the word screen anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consent.access.models import Practice
from consent.audit.rules import SYSTEM
from consent.keys.ring import KeyMissing
from consent.people.actions import rebuild_roster
from consent.people.rosters import is_built


class Command(BaseCommand):
    help = (
        "Enter the people of each named practice (without one, of all) on the roster of the word screen, with the"
        " current key of the key file. Once after an upgrade to a version that has a roster, and after rotate_keys."
        " Posts go on meanwhile. Cut off, it goes on where it was when it is run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("practice", nargs="*", help="the short names of the practices, as in /p/<name>/")
        parser.add_argument("--unbuilt", action="store_true", help="only where the roster was never built")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["practice"]
        rows = Practice.objects.filter(slug__in=names) if names else Practice.objects.all()
        practices = list(rows.order_by("slug"))
        if unknown := set(names) - {one.slug for one in practices}:
            raise CommandError(f"There is no practice {', '.join(sorted(unknown))}.")
        for practice in practices:
            if options["unbuilt"] and is_built(practice):
                continue
            try:
                done = rebuild_roster(practice=practice, by=SYSTEM, at=timezone.now())
            except KeyMissing as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"{practice.slug}: {done} {'person' if done == 1 else 'people'} entered anew.")
