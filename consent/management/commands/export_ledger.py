"""`manage.py export_ledger`: the ledger as JSON lines, to be verified anywhere with consent/audit/offline.py."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from consent.audit.export import exported_lines
from consent.audit.queries import all_chains
from consent.management.chains import chain_of_slug


class Command(BaseCommand):
    help = (
        "Write the ledger as JSON lines: chain, seq, previous, hash, and the body exactly as it was hashed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--practice", metavar="SLUG", help="only this practice's chain")
        parser.add_argument("--to", metavar="FILE", type=Path, help="a file (default: standard output)")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, to = options["practice"], options["to"]
        chains = [chain_of_slug(slug)] if slug else all_chains()
        with to.open("w", encoding="utf-8") if to else nullcontext(sys.stdout) as file:
            for chain in chains:
                file.writelines(exported_lines(chain))
