"""`manage.py forecast SLUG`: what will stop being allowed in the next 30, 60 and 90 days."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from consent.access.models import Practice
from posts.reports.queries.forecast import HORIZONS, endings


class Command(BaseCommand):
    """Asks the gate with later instants; names people by their aliases, as the pages do."""

    help = "Print what is allowed today and will not be within so many days, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("practice", metavar="SLUG")
        parser.add_argument("--days", type=int, nargs="+", default=list(HORIZONS), metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        practice = Practice.objects.filter(slug=options["practice"]).first()
        if practice is None:
            raise CommandError(f"There is no practice called {options['practice']!r}.")
        found = endings(practice, timezone.now(), options["days"])
        for one in found:
            post, account = one.version.post_id, one.version.account
            self.stdout.write(
                f"Within {one.within} days, from {_day(one.stops, practice)} on: post {post} on {account}"
            )
            for reason in one.reasons:
                self.stdout.write(f"    {reason.sentence}")
            if one.again:
                self.stdout.write(f"    Allowed again from {_day(one.again, practice)} on.")
        if not found:
            self.stdout.write(f"Nothing that is out or scheduled ends within {max(options['days'])} days.")


def _day(at: datetime, practice: Practice) -> str:
    """The day of `at` where the practice is."""
    return at.astimezone(ZoneInfo(practice.time_zone)).date().isoformat()
