"""What people ask on their own page, and who asked for a new link to it."""

from django.db import models
from django.db.models import Q

from consent.access.models import Practice, User
from consent.keys.fields import SealedTextField
from consent.people.models import Person
from consent.records.models import HolderLink


class Question(models.Model):
    """A question from a person's own page, and its answer: asked once, answered once, both sealed.

    `language` is the one in which the page was read, hence in which to answer.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(HolderLink, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    words = SealedTextField(purpose="question")
    asked_at = models.DateTimeField()
    answer = SealedTextField(purpose="question", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="question_is_answered_by_someone",
            )
        ]
        indexes = [
            models.Index(fields=["practice", "asked_at"], condition=Q(answered_at=None), name="question_open")
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class LinkRequest(models.Model):
    """Somebody asked for a new link to their page. It says nothing of whether we know them; gone after two days.

    `email` is emptied once it was looked at; the digests stay to count how often one asks.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    email = SealedTextField(purpose="contact", blank=True)
    contact_digest = models.CharField(max_length=64)
    address_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="link_request_by_time"),
            models.Index(fields=["asked_at"], condition=Q(done_at=None), name="link_request_waiting"),
        ]

    def __str__(self) -> str:
        return f"link request {self.pk}"
