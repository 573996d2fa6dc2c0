"""`manage.py train_screen`: learn the word screen's weights again from the open part of the project's own corpus."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from posts.screening.rules.corpus import OPEN, rows_of
from posts.screening.rules.learning import CrossValidated, prepared, trained
from posts.screening.rules.model import WEIGHTS, save


class Command(BaseCommand):
    """The same corpus gives the same bytes. It needs no library but Python's own, and never reads the frozen part."""

    help = (
        "Train the word screen's classifier, leaving out one author at a time to find the scores from which on a text"
        " is stopped. With --check, only say whether the kept weights are what the corpus gives."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = prepared(rows_of(OPEN))
        if not rows:
            raise CommandError(f"There are no texts in {OPEN}.")
        authors = Counter(row.author for row in rows)
        self.stdout.write(f"{len(rows)} texts by {len(authors)} authors.")
        data, seen = trained(rows)
        self._print(seen)
        if options["check"]:
            if WEIGHTS.read_bytes() != data:
                raise CommandError(
                    "The kept weights are not what the corpus gives: run manage.py train_screen."
                )
            self.stdout.write("The kept weights are what the corpus gives.")
            return
        save(data)
        self.stdout.write(f"Written: {WEIGHTS.name}, {len(data):,} bytes.")

    def _print(self, seen: CrossValidated) -> None:
        """How it does on each author when trained on the others."""
        self.stdout.write(
            f"Stopped from a score of {seen.review_from:.2f}; each author, trained on the others:"
        )
        for author, found, of, false, clean in seen.lines:
            self.stdout.write(
                f"  {author:<10} found {found}/{of} ({found / of:.3f})  false {false}/{clean} ({false / clean:.3f})"
            )
