"""The social-media policy, who signed which version, and who was trained until when (45 CFR 164.530(b), (i))."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Practice, User


class Policy(models.Model):
    """A version of the practice's written social-media policy; the latest in effect is the one to sign (R62)."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="policies")
    version = models.CharField(max_length=20)
    text = models.TextField()
    effective_from = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "version"], name="policy_version_once")]
        indexes = [models.Index(fields=["practice", "-effective_from"], name="policy_in_force")]

    def __str__(self) -> str:
        return f"policy {self.version}"


class PolicyAttestation(models.Model):
    """A member read a version of the policy and signed it."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="attestations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    attested_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "user"], name="policy_attested_once")]

    def __str__(self) -> str:
        return f"attestation of policy {self.policy_id}"


class Training(models.Model):
    """A member completed a privacy training, which counts until `expires_at` (R61)."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    course = models.CharField(max_length=120)
    completed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("completed_at")), name="training_expires_later"
            )
        ]
        indexes = [models.Index(fields=["practice", "user", "-expires_at"], name="training_by_expiry")]

    def __str__(self) -> str:
        return f"training {self.pk}"
