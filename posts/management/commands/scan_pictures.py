"""`manage.py scan_pictures`: look at the pictures that nobody could look at, or at all of them again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from consent.audit.rules import Actor
from consent.media.actions import ask_again, look_at_one
from consent.media.models import PictureScan, Rendition
from consent.media.queries import newest_scan
from posts.screening.rules.screening import kinds_in

BY = Actor("system", "scan_pictures")


class Command(BaseCommand):
    """Asks for another look at each picture without one, and looks; with --all at those that were looked at too."""

    help = "Have the detectors look at the pictures that they could not look at before; with --all, at every one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that were looked at before")
        parser.add_argument("--ask", action="store_true", help="only ask: the worker looks")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = 0
        for rendition in Rendition.objects.filter(refused_at=None, asset__kind="image").iterator():
            scan = newest_scan(rendition)
            if options["all"] or scan is None or scan.state == PictureScan.State.WAITING:
                ask_again(rendition=rendition, by=BY, at=timezone.now())
                asked += 1
        while not options["ask"] and look_at_one(by=BY, clock=timezone.now, screen=kinds_in):
            pass
        waiting = PictureScan.objects.filter(state=PictureScan.State.WAITING).count()
        self.stdout.write(
            f"Asked for {asked} looks. {waiting} in all could not be done: those wait for a person."
        )
