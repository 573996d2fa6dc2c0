"""A form on paper from the printer and back: printed, scanned, keyed by one, compared by another."""

from django.db import models
from django.db.models import Q

from consent.access.models import Practice, User
from consent.evidence.models import Document
from consent.keys.fields import SealedTextField
from consent.records.models import Consent
from consent.signing.models import Ceremony


class Printing(models.Model):
    """A request as it was printed: the exact text by its SHA-256, on so many pages, each with its number and code.

    `filled` is what stood in the form's fields, so that the same page can be made again; it may be emptied.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="printings")
    number = models.CharField(max_length=8, unique=True)
    filled = SealedTextField(purpose="signing", blank=True)
    text_sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "text_sha256"], name="printing_once_a_text")
        ]

    def __str__(self) -> str:
        return f"printed form {self.number}"


class Scan(models.Model):
    """A printed form that came back: all its pages in one document, made anew from their pixels.

    `pages` says of each in its order: which page its code says it is (0: none can be read), and where in the document
    its picture lies (`start`, `size`, `width`, `height`).
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    printing = models.ForeignKey(Printing, on_delete=models.PROTECT, related_name="scans")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    pages = models.JSONField()
    is_typed = models.BooleanField(default=False)
    scanned_at = models.DateTimeField()
    scanned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["printing", "document"], name="scan_once_a_printing")]

    def __str__(self) -> str:
        return f"scan {self.pk} of printed form {self.printing_id}"


class Keying(models.Model):
    """What one person read on a scan. Two different people key each scan; the second does not see the first.

    `said` names nobody; `words` is what was written by hand, emptied once the two are settled.
    """

    class Turn(models.TextChoices):
        FIRST = "first", "Keyed"
        SECOND = "second", "Keyed once more"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="keyings")
    turn = models.CharField(max_length=6, choices=Turn)
    said = models.JSONField()
    words = SealedTextField(purpose="signature", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scan", "turn"], name="keying_once_a_turn"),
            models.UniqueConstraint(fields=["scan", "by"], name="keying_by_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.turn} keying of scan {self.scan_id}"


class Comparison(models.Model):
    """Two keyings settled by somebody who did not key first; from then on the form is judged like any other.

    `settled` maps what differed to whose reading stands.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    scan = models.OneToOneField(Scan, on_delete=models.PROTECT, related_name="comparison")
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="comparison")
    settled = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"comparison of scan {self.scan_id}"


class Original(models.Model):
    """What was done with the paper itself, said anew each time (R74). The scan stays in either case."""

    class Fate(models.TextChoices):
        KEPT = "kept", "Kept"
        DESTROYED = "destroyed", "Destroyed"
        RETURNED = "returned", "Given back to the signer"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="originals")
    fate = models.CharField(max_length=10, choices=Fate)
    place = models.CharField(max_length=120, blank=True)
    done_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(fate="kept") | ~Q(place=""), name="original_kept_somewhere")
        ]

    def __str__(self) -> str:
        return f"paper of scan {self.scan_id}: {self.fate}"
