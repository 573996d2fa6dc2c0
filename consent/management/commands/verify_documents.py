"""`manage.py verify_documents`: read every stored document and say whether each is the one that was recorded."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consent.evidence.checking import SENTENCES
from consent.evidence.models import Document
from consent.evidence.queries import document_bytes, seal_problems
from consent.files.store import FileAltered, FileMissing
from consent.records.queries.verifying import is_disposed_of


class Command(BaseCommand):
    help = "Verify every stored document: recorded SHA-256, seal, coverage, the one expected signature."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--practice", metavar="SLUG", help="only this practice's documents")

    def handle(self, *args: Any, **options: Any) -> None:
        documents = Document.objects.select_related("practice", "certificate", "renews").order_by("pk")
        if options["practice"]:
            documents = documents.filter(practice__slug=options["practice"])
        counted: Counter[str] = Counter()
        for document in documents.iterator(chunk_size=500):
            counted[self._looked_at(document)] += 1
        self.stdout.write(
            f"{sum(counted.values()):,} documents: {counted['pades']:,} sealed and valid, {counted['digest']:,} kept by"
            f" their SHA-256 and unchanged, {counted['disposed']:,} disposed of, {counted['broken']:,} broken."
        )
        if counted["broken"]:
            raise CommandError(
                f"{counted['broken']} documents are broken. Keep them as they are; restore their files from a backup."
            )

    def _looked_at(self, document: Document) -> str:
        """How the document is: a word to count it by. A broken one is named."""
        try:
            problems = [SENTENCES[one] for one in seal_problems(document, document_bytes(document))]
        except (FileMissing, FileAltered) as error:
            if is_disposed_of(document):
                return "disposed"
            problems = [str(error)]
        if not problems:
            return document.seal
        self.stdout.write(f"BROKEN: document {document.pk} of {document.practice}: {' '.join(problems)}")
        return "broken"
