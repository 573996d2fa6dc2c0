"""`manage.py resume_publishing`: end the pause of the whole installation that a restored backup began."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from consent.audit.rules import SYSTEM
from posts.publishing.actions.pause import resume
from posts.publishing.models import Pause


class Command(BaseCommand):
    """Ends what paused every practice at once; a practice's own pause is ended on its page."""

    help = "End the pause of the whole installation."

    def handle(self, *args: Any, **options: Any) -> None:
        standing = list(Pause.objects.filter(practice=None, account=None, resumed_at=None))
        for pause in standing:
            resume(pause=pause, by=SYSTEM, at=timezone.now())
            self.stdout.write(f"Publishing goes on. It was paused because: {pause.why}")
        if not standing:
            self.stdout.write("The installation was not paused.")
