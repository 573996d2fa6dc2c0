"""`manage.py explain POST CHANNEL [--at TIME]`: what the gate answers, why, and from which facts."""

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from posts.clearance.queries import rulings
from posts.content.models import Version
from posts.gate.decide import RULES_VERSION
from posts.gate.kept import to_json


class Command(BaseCommand):
    """Names people by their number only: what it prints may be kept or sent to a stranger."""

    help = (
        "Print what the gate answers about a post on a channel at an instant, with the facts it was handed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("post", type=int, help="the post's number, as in its address")
        parser.add_argument("channel", help="the channel's handle or its number")
        parser.add_argument(
            "--at", metavar="TIME", help="an instant with its zone, like 2026-12-01T09:00-05:00"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = _instant(options["at"])
        [ruling] = rulings([_version(options["post"], options["channel"])], at, final=True)
        verdict = ruling.verdict
        self.stdout.write(
            f"Post {ruling.facts.post}, channel {ruling.facts.channel.account}, at {at.isoformat()}"
        )
        self.stdout.write(f"Rules {RULES_VERSION}, digest {ruling.facts.digest}")
        self.stdout.write("ALLOW" if verdict.allowed else "BLOCK")
        for reason in verdict.reasons:
            entry, about = reason.entry, _about(reason)
            self.stdout.write(f"  {entry.weight:<6} {reason.code} ({about}) {entry.citation}")
        for reason in verdict.cleared:
            self.stdout.write(f"  cleared by two people: {reason.code} ({_about(reason)})")
        for relied in verdict.relied_on:
            self.stdout.write(f"  rests on consent {relied.consent} of person {relied.person}")
        self.stdout.write(json.dumps(to_json(ruling.facts), indent=2, sort_keys=True))


def _about(reason: Any) -> str:
    """Whom and what a reason concerns, by numbers and keys."""
    parts = [
        f"person {reason.person}" if reason.person else "",
        f"consent {reason.consent}" if reason.consent else "",
        f"picture {reason.asset}" if reason.asset else "",
        ", ".join(reason.keys),
        f"since {reason.since.isoformat()}" if reason.since else "",
    ]
    return "; ".join(part for part in parts if part) or "the post"


def _instant(text: str | None) -> datetime:
    """The instant asked about; now, if none is given."""
    if text is None:
        return timezone.now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--at: {text!r} is no instant. Write it like 2026-12-01T09:00-05:00.") from error
    if at.tzinfo is None:
        raise CommandError("--at: say in which zone, like 2026-12-01T09:00-05:00.")
    return at


def _version(post: int, channel: str) -> Version:
    """The post's version for the channel that is meant."""
    versions = list(
        Version.objects.filter(post=post, dropped_at=None).select_related("post", "account").order_by("pk")
    )
    for version in versions:
        if channel in (str(version.account_id), version.account.handle):
            return version
    known = ", ".join(f"{version.account.handle} ({version.account_id})" for version in versions)
    raise CommandError(f"Post {post} has no version for {channel!r}. It has: {known or 'none'}.")
