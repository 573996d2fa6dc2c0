"""`manage.py replay_decisions`: make every kept decision again and report where the answer differs."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from posts.clearance.models import Decision
from posts.clearance.queries import Replayed, replayed
from posts.gate.decide import RULES_VERSION

SHOWN = 20


class Command(BaseCommand):
    """A difference under the same rules means a forged row; under other rules it shows what a change would do."""

    help = "Make every kept decision again from its facts; exits with 1 if one made by today's rules differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--practice", metavar="SLUG", help="only this practice's decisions")

    def handle(self, *args: Any, **options: Any) -> None:
        decisions = Decision.objects.prefetch_related("relied_on").order_by("pk")
        if options["practice"]:
            decisions = decisions.filter(practice__slug=options["practice"])
        total = 0
        forged: list[Replayed] = []
        changed: list[Replayed] = []
        for one in replayed(decisions.iterator(chunk_size=500)):
            total += 1
            if one.differs:
                (forged if one.same_rules else changed).append(one)
        self._tell_changes(changed)
        self._tell_forged(forged)
        self.stdout.write(
            f"{total:,} decisions made again by rules {RULES_VERSION}: {total - len(forged) - len(changed):,} alike, "
            f"{len(changed):,} would be decided otherwise than by the rules of their time, {len(forged):,} do not "
            "follow from their own facts."
        )
        if forged:
            raise CommandError(
                "A decision does not follow from its facts: somebody has written into the database."
            )

    def _tell_changes(self, changed: list[Replayed]) -> None:
        """What the rules of today would do to past verdicts, as a table."""
        if not changed:
            return
        rows = Counter(
            (one.decision.rules_version, ", ".join(one.gained) or "–", ", ".join(one.lost) or "–")
            if one.verdict
            else (one.decision.rules_version, "facts cannot be read", "–")
            for one in changed
        )
        self.stdout.write(f"{'rules':<16}{'decisions':>10}  {'now also':<40}  no longer")
        for (rules, gained, lost), number in sorted(rows.items()):
            self.stdout.write(f"{rules:<16}{number:>10,}  {gained:<40}  {lost}")

    def _tell_forged(self, forged: list[Replayed]) -> None:
        """The first decisions that do not follow from what they were made from."""
        for one in forged[:SHOWN]:
            decision = one.decision
            says = "allowed" if decision.allowed else "refused"
            self.stdout.write(
                f"Decision {decision.pk} of {decision.at:%Y-%m-%d %H:%M} ({decision.stage}, {says}) differs: "
                f"now also {', '.join(one.gained) or 'nothing'}, no longer {', '.join(one.lost) or 'nothing'}"
                f"{', and it rests on other consents' if one.rests_elsewhere else ''}."
            )
