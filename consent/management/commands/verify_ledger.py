"""`manage.py verify_ledger`: read every chain and say whether it is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consent.audit.guards import GUARDS, missing_guards
from consent.audit.rules import INSTALLATION
from consent.audit.verify import Verdict, verify_all, verify_chain
from consent.management.chains import chain_of_slug, named


class Command(BaseCommand):
    help = "Verify the ledger from its first entry on; exits with 1 if a chain is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--practice", metavar="SLUG", help="only this practice's chain")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["practice"]
        verdicts = iter([verify_chain(chain_of_slug(slug))]) if slug else verify_all()
        broken = 0
        for verdict in verdicts:
            broken += bool(verdict.broken)
            self.stdout.write(_sentence(verdict))
        if lost := missing_guards(GUARDS, "default"):
            raise CommandError(
                f"Triggers that protect the record are missing: {', '.join(lost)}. Run migrate."
            )
        if broken:
            raise CommandError(
                f"{broken} of the chains is broken. Keep the database as it is and look into it."
            )


def _sentence(verdict: Verdict) -> str:
    name = "the installation" if verdict.chain == INSTALLATION else named(verdict.chain)
    if verdict.broken:
        return f"BROKEN: the chain of {name}, at entry {verdict.broken_at}: {verdict.broken}."
    return (
        f"The chain of {name} is whole: {verdict.entries:,} entries, {verdict.checkpoints:,} checkpoints,"
        f" ends with {verdict.end[:16]}."
    )
