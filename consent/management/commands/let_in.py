"""Help someone back in whom no owner can help: an owner without password or phone, a member of two practices."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consent.access.actions import forget_second_factor, make_password_link
from consent.access.models import User
from consent.audit.rules import SYSTEM


class Command(BaseCommand):
    """See the module."""

    help = "Print a one-time link with which a user sets a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--lost-phone", action="store_true", help="also forget the second factor and its recovery codes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        now = timezone.now()
        if options["lost_phone"]:
            forget_second_factor(user=user, by=SYSTEM, at=now)
        path = make_password_link(user=user, by=SYSTEM, at=now)
        self.stdout.write(
            f"{user.name} sets a password within three days, once, at\n{settings.ADDRESS}{path}"
        )
