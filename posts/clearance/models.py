"""Reviews, approvals, attestations and decisions: each bound to the digest of exactly what would be sent."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Practice, User
from consent.keys.fields import SealedTextField
from consent.media.models import Asset
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
    """A version approved as it stood: void as soon as its digest differs (R43). Append-only.

    `caption` and `alt_texts` are the words that were approved: the next reviewer sees what has changed since.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="approvals")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    caption = models.TextField(blank=True)
    alt_texts = models.JSONField(default=list)

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


class Screening(models.Model):
    """The detectors ran, or should have and did not, over exactly this digest (R44). Append-only."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="screenings")
    digest = models.CharField(max_length=64)
    ran = models.BooleanField()
    detail = models.CharField(max_length=200, blank=True)
    screened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"screening of version {self.version_id}"


class Finding(models.Model):
    """Something that identifies, seen by a detector or a person in exactly this digest. Append-only (R34-R38, R50).

    What was seen in a picture stays a finding as long as the version shows that picture, whatever is changed besides.
    """

    class Code(models.TextChoices):
        IDENTIFIES = "PHI_DETECTED_UNLINKED", "Points to a person"
        TOGETHER = "DEID_REVIEW_REQUIRED", "Details together may tell who it is"
        RELATIONSHIP = "RELATIONSHIP_CONFIRMED", "Confirms or denies that someone is a patient"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="findings")
    digest = models.CharField(max_length=64)
    code = models.CharField(max_length=30, choices=Code)
    kind = models.CharField(max_length=30)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="+")
    note = SealedTextField(purpose="finding", blank=True)
    found_by = models.CharField(max_length=60)
    found_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"finding {self.pk}"


class Clearing(models.Model):
    """A REVIEW reason that someone proposes to clear, and another confirms, for exactly this digest (R46)."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="clearings")
    digest = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=24)
    why = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "digest", "fingerprint"],
                condition=Q(refused_at=None),
                name="clearing_proposed_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="clearing_takes_two_people",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="clearing_says_why"),
        ]

    def __str__(self) -> str:
        return f"clearing {self.pk}"


class PrematureUpload(models.Model):
    """A version was loaded into a network's own drafts or scheduler before the gate was asked (R45)."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="premature_uploads")
    uploaded_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"premature upload of version {self.version_id}"


class PackSwitch(models.Model):
    """A state's rule turned on or off on the advice of the practice's counsel; the latest row counts. Append-only."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    is_on = models.BooleanField()
    counsel = models.CharField(max_length=120)
    why = models.CharField(max_length=500)
    switched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    switched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(counsel="") & ~Q(why=""), name="switch_names_counsel_and_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {'on' if self.is_on else 'off'}"


class ReviewNote(models.Model):
    """What reviewers and authors say to each other about a post; never published. Append-only."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=1000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note {self.pk}"


class Suggestion(models.Model):
    """Other words for a version, proposed by a reviewer; the author takes them or leaves them."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="suggestions")
    digest = models.CharField(max_length=64)
    caption = models.TextField()
    suggested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    suggested_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"suggestion {self.pk}"


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
    cleared = models.JSONField(default=list)
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
