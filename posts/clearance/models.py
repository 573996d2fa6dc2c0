"""Reviews, approvals, attestations and decisions: each bound to the digest of exactly what would be sent."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Practice, User
from consent.people.models import Person
from consent.records.models import Consent
from posts.channels.models import ChannelAccount
from posts.content.models import Post, Version


class Review(models.Model):
    """A post sent for review, and what came of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waiting for review"
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Sent back"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Taken back by its author"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reviews")
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=1000, blank=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(outcome="waiting"), name="one_review_waits_a_post"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="approved") | ~Q(decided_by=F("submitted_by")),
                name="nobody_approves_what_they_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk} ({self.outcome})"


class Approval(models.Model):
    """A version approved as it stood: void as soon as its digest differs (R43). Append-only."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="approvals")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "version"], name="approval_once_a_review"),
            models.CheckConstraint(condition=~Q(approved_by=F("author")), name="nobody_approves_their_own"),
        ]

    def __str__(self) -> str:
        return f"approval of version {self.version_id}"


class Attestation(models.Model):
    """Someone other than the author looked: nobody else is named, shown or described. Append-only."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="attestations")
    digest = models.CharField(max_length=64)
    attested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    attested_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"attestation of version {self.version_id}"


class Decision(models.Model):
    """What the gate answered, to which facts, under which rules. Append-only, replayable (design 5)."""

    class Stage(models.TextChoices):
        PREVIEW = "preview", "While composing"
        SUBMIT = "submit", "Sent for review"
        APPROVE = "approve", "Approval"
        SCHEDULE = "schedule", "Scheduling"
        PREPARE = "prepare", "Before preparing on the network"
        INTENT = "intent", "Before sending"
        EXPORT = "export", "Posting by hand"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="decisions")
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage)
    at = models.DateTimeField()
    allowed = models.BooleanField()
    reasons = models.JSONField(default=list)
    facts = models.JSONField()
    rules_version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(allowed=False) | Q(reasons=[]), name="allowed_means_no_reason_against"
            )
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Reliance(models.Model):
    """A person in a decision and the consent it rested on, with how many revocations of it were known then.

    The publishing trigger finds each person here; a revocation more than was known makes the decision stale.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="relied_on")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    revocations_known = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "person", "consent"], name="reliance_once"),
        ]

    def __str__(self) -> str:
        return f"decision {self.decision_id} on consent {self.consent_id}"
