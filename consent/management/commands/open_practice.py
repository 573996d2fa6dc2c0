"""Open a real practice: its details, a first location, its owner. Asks for what was not given."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug
from django.utils import timezone

from consent.access.actions import (
    DemoStillHere,
    Facts,
    NameTaken,
    OwnerDetails,
    PracticeDetails,
    make_password_link,
    open_practice,
)
from consent.access.rules import PROFESSIONS, STATES, UnknownTimeZone, checked_zone
from consent.audit.rules import SYSTEM

QUESTIONS = {
    "name": "Name of the practice",
    "slug": "Short name for its address, like riverbend",
    "phone": "Phone number that patients call",
    "privacy_officer": "Name of the privacy officer",
    "privacy_email": "E-mail of the privacy officer",
    "time_zone": "Time zone, like America/New_York",
    "location": "Name of the first location, like Main Street",
    "legal_entity": "Legal entity that stands on consent forms",
    "state": "State, two letters",
    "profession": f"Profession, one of {', '.join(PROFESSIONS)}",
    "owner_name": "Name of the owner who will set up everything else",
    "owner_email": "E-mail with which the owner signs in",
}


class Command(BaseCommand):
    """See the module."""

    help = (
        "Open a real practice with its first location and owner; prints the owner's link to set a password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        parser.add_argument("--no-hipaa", action="store_true", help="HIPAA does not apply to this practice")

    def handle(self, *args: Any, **given: Any) -> None:
        answers = {name: given[name] or self._ask(name, question) for name, question in QUESTIONS.items()}
        _check(answers)
        now = timezone.now()
        today = now.astimezone(ZoneInfo(answers["time_zone"])).date()
        try:
            owner = open_practice(
                slug=answers["slug"],
                details=_details(answers, hipaa_entity=not given["no_hipaa"]),
                location=answers["location"],
                facts=Facts(
                    today,
                    answers["legal_entity"],
                    answers["state"],
                    answers["profession"],
                    answers["time_zone"],
                ),
                owner=OwnerDetails(answers["owner_email"].lower(), answers["owner_name"]),
                by=SYSTEM,
                at=now,
            )
        except (DemoStillHere, NameTaken) as refusal:
            raise CommandError(str(refusal)) from refusal
        path = make_password_link(user=owner.user, by=SYSTEM, at=now)
        self.stdout.write(
            f"{owner.practice} is open. {owner.user} sets a password within three days at\n{settings.ADDRESS}{path}"
        )

    def _ask(self, name: str, question: str) -> str:
        """The answer typed at the terminal. Raises CommandError where nobody can answer."""
        if not sys.stdin.isatty():
            raise CommandError(f"Say --{name.replace('_', '-')}: {question}.")
        return input(f"{question}: ").strip()


def _details(answers: dict[str, str], *, hipaa_entity: bool) -> PracticeDetails:
    return PracticeDetails(
        name=answers["name"],
        phone=answers["phone"],
        privacy_officer=answers["privacy_officer"],
        privacy_email=answers["privacy_email"],
        time_zone=answers["time_zone"],
        hipaa_entity=hipaa_entity,
    )


def _check(answers: dict[str, str]) -> None:
    """Raises CommandError with a sentence about the first answer that makes no sense."""
    checks: list[tuple[str, Callable[[str], object]]] = [
        ("slug", validate_slug),
        ("privacy_email", validate_email),
        ("time_zone", checked_zone),
        ("owner_email", validate_email),
    ]
    for name, check in checks:
        try:
            check(answers[name])
        except UnknownTimeZone as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(f"{QUESTIONS[name]}: {' '.join(error.messages)}") from error
    if answers["state"] not in STATES:
        raise CommandError(f"“{answers['state']}” is no state. Use two letters, like OH.")
    if answers["profession"] not in PROFESSIONS:
        raise CommandError(f"Choose a profession: {', '.join(PROFESSIONS)}.")
