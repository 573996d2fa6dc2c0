"""`manage.py replay_decisions`: make every kept decision again and report where the answer differs."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consent.audit.guards import every_guard, missing_guards
from posts.clearance.models import Decision
from posts.clearance.queries import Replayed, replayed
from posts.gate.decide import RULES_VERSION
from posts.reports.queries.unrecorded import hung_by_hand, sent_by_hand

SHOWN = 20
NOTHING = "–"
# What of a row differs, as one says it.
SAID = {
    "version": "it is about another version than its facts",
    "account": "it is for another channel than its facts",
    "digest": "it is for other content than its facts",
    "instant": "it was made at another time than its facts",
    "verdict": "the verdict does not follow",
    "reasons": "the reasons do not follow",
    "clearings": "what was cleared does not follow",
    "reliance": "it rests on other consents",
    "ledger": "the ledger does not say the same",
    "consent": "the ledger knows no such consent",
    "withdrawal": "the ledger has withdrawals of its consents that are not there",
    "clearing": "the ledger does not know that two people cleared it",
    "approval": "the ledger does not know that it was approved",
}


class Command(BaseCommand):
    """A difference under the same rules means a forged row; under other rules it shows what a change would do."""

    help = (
        "Make every kept decision again from its facts. "
        "Exits with 1 if a row is not what its facts and the ledger say."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--practice", metavar="SLUG", help="only this practice's decisions")

    def handle(self, *args: Any, **options: Any) -> None:
        decisions = Decision.objects.select_related("version").prefetch_related("relied_on").order_by("pk")
        if options["practice"]:
            decisions = decisions.filter(practice__slug=options["practice"])
        total, forged = 0, 0
        first: list[Replayed] = []
        changes: Counter[tuple[str, str, str]] = Counter()
        for one in replayed(decisions.iterator(chunk_size=500)):
            total += 1
            if one.forged:
                forged += 1
                first += [one] if forged <= SHOWN else []
            elif one.differs:
                changes[_change(one)] += 1
        self._tell_changes(changes)
        self._tell_forged(first)
        changed = changes.total()
        self.stdout.write(
            f"{total:,} decisions made again by rules {RULES_VERSION}: {total - forged - changed:,} alike, "
            f"{changed:,} would be decided otherwise than by the rules of their time, {forged:,} do not "
            "follow from their own facts."
        )
        forged += self._tell_written_by_hand()
        if forged:
            raise CommandError(
                "What is stored is not what its facts and the ledger say: somebody has written into the database."
            )

    def _tell_written_by_hand(self) -> int:
        """What lies there as if it had gone out, in every practice, and which triggers are gone; how many."""
        told = [
            f"Delivery {row.pk} is said to have gone out, and the ledger does not know it."
            for row in sent_by_hand()
        ]
        told += [f"The trigger {name} is missing." for name in missing_guards(every_guard(), "default")]
        told += [f"Entry {row.pk} of the wall was put there by no attempt of ours." for row in hung_by_hand()]
        for line in told[:SHOWN]:
            self.stdout.write(line)
        return len(told)

    def _tell_changes(self, changes: Counter[tuple[str, str, str]]) -> None:
        """What the rules of today would do to past verdicts, as a table."""
        if changes:
            self.stdout.write(f"{'rules':<16}{'decisions':>10}  {'now also':<40}  no longer")
        for (rules, gained, lost), number in sorted(changes.items()):
            self.stdout.write(f"{rules:<16}{number:>10,}  {gained:<40}  {lost}")

    def _tell_forged(self, first: list[Replayed]) -> None:
        """The first decisions that are not what they were made from."""
        for one in first:
            decision = one.decision
            says = "allowed" if decision.allowed else "refused"
            what = [SAID[key] for key in (*one.untrue, *one.otherwise)]
            what += ["its facts cannot be read"] if one.verdict is None else []
            codes = f" (now also {', '.join(one.gained)})" if one.gained else ""
            codes += f" (no longer {', '.join(one.lost)})" if one.lost else ""
            self.stdout.write(
                f"Decision {decision.pk} of {decision.at:%Y-%m-%d %H:%M} ({decision.stage}, {says}): "
                f"{'; '.join(what)}{codes}."
            )


def _change(one: Replayed) -> tuple[str, str, str]:
    """The row of the table that a decision of other rules belongs to."""
    rules = one.decision.rules_version
    if one.verdict is None:
        return rules, "facts cannot be read", NOTHING
    if not one.gained and not one.lost:
        return rules, f"other {', '.join(one.otherwise)}", NOTHING
    return rules, ", ".join(one.gained) or NOTHING, ", ".join(one.lost) or NOTHING
