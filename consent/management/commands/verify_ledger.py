"""`manage.py verify_ledger`: read every chain and say whether it is whole, and whether every trigger is there."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from consent.audit.guards import every_guard, missing_guards
from consent.audit.rules import INSTALLATION
from consent.audit.verify import Verdict, verify_all, verify_chain
from consent.management.chains import chain_of_slug, named


class Command(BaseCommand):
    help = "Verify the ledger and the triggers; exits with 1 if a chain is broken or a trigger is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--practice", metavar="SLUG", help="only this practice's chain")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["practice"]
        verdicts = iter([verify_chain(chain_of_slug(slug))]) if slug else verify_all()
        broken = 0
        for verdict in verdicts:
            broken += bool(verdict.broken)
            self.stdout.write(_sentence(verdict))
        lost = self._tell_guards()
        wrong = [f"{broken} of the chains is broken"] if broken else []
        wrong += [f"{lost} of the triggers that protect the record are missing"] if lost else []
        if wrong:
            raise CommandError(
                f"{'; '.join(wrong)}. Somebody has been in the database. Keep it as it is and look into it"
                " before anything else; migrate makes triggers anew."
            )

    def _tell_guards(self) -> int:
        """Which triggers are not in the database or are switched off, whatever they guard; how many."""
        guards = every_guard()
        lost = missing_guards(guards, "default")
        for name in lost:
            self.stdout.write(f"The trigger {name} is missing.")
        if not lost:
            number = sum(len(guard.triggers(connection.vendor)) for guard in guards)
            self.stdout.write(f"All {number} triggers that protect the record are in place.")
        return len(lost)


def _sentence(verdict: Verdict) -> str:
    name = "the installation" if verdict.chain == INSTALLATION else named(verdict.chain)
    if verdict.broken:
        return f"BROKEN: the chain of {name}, at entry {verdict.broken_at}: {verdict.broken}."
    return (
        f"The chain of {name} is whole: {verdict.entries:,} entries, {verdict.checkpoints:,} checkpoints,"
        f" ends with {verdict.end[:16]}."
    )
