"""What ends or suspends consents.

Every row that can close the gate names its person, whose row the database locks on insert (design 7.1).
"""

from django.db import models
from django.db.models import Q

from consent.access.models import Practice, User
from consent.people.models import Person, Representation

from .consents import Consent


class Revocation(models.Model):
    """Permission taken back, in whole (`part` empty) or in part, effective on receipt (R17).

    `part` holds lists of keys under ``elements``, ``platforms``, ``assets``: what may no longer be used. `asked_by` is
    by what right somebody asked at the desk in another's name.
    """

    class How(models.TextChoices):
        OWN_PAGE = "own_page", "On the person's own page"
        DESK = "desk", "In writing at the desk"
        LETTER = "letter", "Letter or e-mail"
        SETTLED = "settled", "Two who may sign disagreed, and it was settled so"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="revocations")
    part = models.JSONField(default=dict)
    how = models.CharField(max_length=15, choices=How)
    asked_by = models.ForeignKey(Representation, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="revocation_by_receipt")]

    def __str__(self) -> str:
        return f"revocation {self.pk}"


class Hold(models.Model):
    """An oral request to stop: suspends at once, until it is in writing or lifted.

    Everything of the person, unless it was expressly about one permission only. A disagreement of two representatives
    holds everything too, until it is settled.
    """

    ORAL_REQUEST, DISAGREEMENT = "oral_request", "disagreement"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=60, default=ORAL_REQUEST)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person"], condition=Q(lifted_at=None), name="hold_standing"),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Disagreement(models.Model):
    """Two who may sign for a person do not agree: nothing of the person goes out until it is settled (design 8).

    `objector` is the one who says no. `how` is how we heard of it; `hold` is what keeps everything back meanwhile.
    """

    class How(models.TextChoices):
        DESK = "desk", "In writing at the desk"
        LETTER = "letter", "Letter or e-mail"
        SPOKEN = "spoken", "They said it, here or by telephone"
        # Not for the desk to choose: what the records themselves show.
        DECLINED = "declined", "“No thanks” on the form"
        WITHDREW = "withdrew", "Took back before what the other one now allows again"

    class Outcome(models.TextChoices):
        STOP = "stop", "Stop"
        GO_ON = "go_on", "Go on"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disagreements")
    objector = models.ForeignKey(Representation, on_delete=models.PROTECT, related_name="+")
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="disagreement")
    how = models.CharField(max_length=10, choices=How)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    evidence_seen = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_by=None, settled_at=None)
                | ~Q(outcome="")
                & ~Q(decided_by="")
                & ~Q(evidence_seen="")
                & ~Q(why="")
                & Q(settled_by__isnull=False, settled_at__isnull=False),
                name="disagreement_is_settled_by_someone_who_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"disagreement {self.pk}"


class Invalidation(models.Model):
    """The record is wrong (entered in error) or material information is known to be false (R13). Not a revocation."""

    class Reason(models.TextChoices):
        IN_ERROR = "in_error", "Recorded in error"
        FALSE_INFORMATION = "false_information", "Material information is known to be false"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="invalidations")
    reason = models.CharField(max_length=20, choices=Reason)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"invalidation {self.pk}"


class EndingEvent(models.Model):
    """Something a consent may end on has happened to a person: discharge, end of employment, end of campaign (R6)."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ending_events")
    kind = models.CharField(max_length=30, choices=Consent.EndsEvent)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%Y-%m-%d}"
