"""The social-media policy, who signed which version, and who was trained until when (45 CFR 164.530(b), (i))."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Practice, User
from consent.evidence.models import Document
from consent.keys.fields import SealedTextField
from consent.wording.models import Wording


class Policy(models.Model):
    """A version of the practice's written social-media policy; the latest in effect is the one to sign (R62).

    Its text is that of `wording`, a form of the kind "staff policy", or else `text`: never both. `change` says whether
    those who signed the version before sign again: not for a mere slip of the pen.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="policies")
    version = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    wording = models.OneToOneField(Wording, on_delete=models.PROTECT, null=True, related_name="policy")
    change = models.CharField(max_length=10, choices=Wording.Change, default=Wording.Change.MATERIAL)
    effective_from = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "version"], name="policy_version_once"),
            models.CheckConstraint(
                condition=Q(wording=None) | Q(text=""), name="policy_has_one_source_of_its_text"
            ),
        ]
        indexes = [models.Index(fields=["practice", "-effective_from"], name="policy_in_force")]

    def __str__(self) -> str:
        return f"policy {self.version}"


class PolicyAttestation(models.Model):
    """A member read a version of the policy and signed it: which text exactly, how, with which factor and device.

    `wording` is the text that was read, the policy's own or its translation. What identifies about the signature lies
    in its `AttestationMark`.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="attestations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    attested_at = models.DateTimeField()
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")
    text_sha256 = models.CharField(max_length=64, blank=True)
    intent = models.CharField(max_length=400, blank=True)
    method = models.CharField(max_length=10, blank=True)
    factor = models.CharField(max_length=40, blank=True)
    device = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "user"], name="policy_attested_once")]

    def __str__(self) -> str:
        return f"attestation of policy {self.policy_id}"


class AttestationMark(models.Model):
    """The name as typed, or the strokes, of a member who signed a policy, and what was filled into it as JSON.

    Erasable, beside the proof.
    """

    attestation = models.OneToOneField(PolicyAttestation, on_delete=models.CASCADE, related_name="mark")
    typed_name = SealedTextField(purpose="signature", blank=True)
    strokes = SealedTextField(purpose="signature", blank=True)
    filled = SealedTextField(purpose="signature", blank=True)

    def __str__(self) -> str:
        return f"mark of attestation {self.attestation_id}"


class AttestedDocument(models.Model):
    """The sealed document that shows what a member signed."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    attestation = models.OneToOneField(PolicyAttestation, on_delete=models.PROTECT, related_name="attested")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"document of attestation {self.attestation_id}"


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
