"""Asking again: whom we asked, who said no thanks, and when nobody is to be asked."""

from django.db import models
from django.db.models import Q

from consent.access.models import Practice, User
from consent.people.models import Person
from consent.wording.models import Wording

from .consents import Consent


class RenewalRequest(models.Model):
    """Somebody is to be asked again for what a consent that ends had allowed.

    Whether it was answered is never stored: a later signature or a later no thanks is the answer.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="renewal_requests")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="renewal_requests")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    they_asked = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["practice", "asked_at"], name="renewal_request_by_time")]

    def __str__(self) -> str:
        return f"renewal request {self.pk}"


class Refusal(models.Model):
    """No thanks, on the form or said to us. It needs no reason, and it is remembered so that nobody is pestered."""

    class How(models.TextChoices):
        FORM = "form", "“No thanks” on the form"
        TOLD = "told", "They told us"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="refusals")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=5, choices=How)
    said_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"refusal {self.pk}"


class QuietTime(models.Model):
    """Nobody asks this person: around a procedure or visit, or until a day. Ended, it counts no more."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="quiet_times")
    visit_on = models.DateField(null=True)
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visit_on=None, until__isnull=False) | Q(visit_on__isnull=False, until=None),
                name="quiet_time_is_around_a_visit_or_until_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"quiet time {self.pk}"


class Reask(models.Model):
    """Somebody is to be asked again, because a form they signed has changed in something that matters.

    Answered as soon as a newer signature on that form is there, which is looked up and never stored. The front desk
    closes it where the person said no, or where asking makes no sense any more.
    """

    class Closed(models.TextChoices):
        DECLINED = "declined", "They said no"
        NOT_NEEDED = "not_needed", "Not needed any more"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_why = models.CharField(max_length=12, choices=Closed, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "wording"], name="asked_again_once")]

    def __str__(self) -> str:
        return f"reask {self.pk}"
