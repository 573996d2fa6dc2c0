"""What is kept for a legal matter, and what is erased once it need not be kept (R60)."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Practice, User
from consent.people.models import Person

from .consents import Consent


class LegalHold(models.Model):
    """Nothing of a person, or of one permission, is disposed of: a lawsuit, an inquiry (R60). Not a request to stop."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="legal_holds")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300)
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="legal_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None, lifted_why="")
                | Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lifted_why=""),
                name="legal_hold_is_lifted_by_someone_who_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"legal hold {self.pk}"


class Disposal(models.Model):
    """What identifies, erased beside the proof once it need not be kept: one proposes, another executes (R60).

    A proposal that is cancelled erases nothing, and may be made anew.
    """

    class What(models.TextChoices):
        MARK = "mark", "The typed name and the strokes of a signature"
        CONTACT = "contact", "An e-mail address or a telephone number"
        FILE = "file", "The file of a signed document"
        SCAN = "scan", "A scan of the form that a newer one replaced"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    row_id = models.BigIntegerField()
    why = models.CharField(max_length=300)
    retain_until = models.DateField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    executed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    executed_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["what", "row_id"], condition=Q(cancelled_at=None), name="disposal_once"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None, cancelled_why="")
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False, executed_at=None)
                & ~Q(cancelled_why=""),
                name="disposal_is_cancelled_by_someone_who_says_why",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="disposal_says_why"),
            models.CheckConstraint(
                condition=Q(executed_by=None) | ~Q(executed_by=F("proposed_by")),
                name="disposal_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(executed_by=None, executed_at=None)
                | Q(executed_by__isnull=False, executed_at__isnull=False),
                name="disposal_is_executed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"disposal {self.pk}"
