"""Signed documents and the evidence behind each signature. What identifies lives in erasable rows of its own."""

from django.db import models
from django.db.models import Q

from consent.access.models import Practice, User
from consent.keys.fields import SealedTextField
from consent.people.models import Person, Representation


class SealCertificate(models.Model):
    """A certificate that seals or time stamps documents, or vouches for one that does. Kept for good.

    `pem` is the certificate, then the chain up to its root. The private key is emptied once it is retired: what it
    sealed is verified by the certificate alone.
    """

    class Role(models.TextChoices):
        AUTHORITY = "authority", "Authority of the practice"
        SEAL = "seal", "Seal"
        TIME = "time", "Local time-stamper"
        TIME_AUTHORITY = "time_authority", "Root of a time-stamping authority"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    fingerprint = models.CharField(max_length=64)
    pem = models.TextField()
    key = SealedTextField(purpose="seal key", blank=True)
    brought = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "fingerprint"], name="seal_certificate_once")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.fingerprint[:16]}"


class Document(models.Model):
    """Bytes rendered once and never changed, stored under their SHA-256.

    A sealed one names the certificate and level of its seal. `renews` is the document whose bytes this one begins
    with: the same seal, made to last by what was appended.
    """

    class Seal(models.TextChoices):
        DIGEST = "digest", "SHA-256 in the ledger"
        PADES = "pades", "Sealed with the practice's certificate"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    media_type = models.CharField(max_length=60, default="application/pdf")
    size = models.BigIntegerField()
    rendered_at = models.DateTimeField()
    seal = models.CharField(max_length=10, choices=Seal, default=Seal.DIGEST)
    certificate = models.ForeignKey(SealCertificate, on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=10, blank=True)
    renews = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="renewed_by")
    renewal_after = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "sha256"], name="document_once"),
            models.CheckConstraint(
                condition=Q(seal="digest", certificate=None, level="", renews=None)
                | Q(seal="pades", certificate__isnull=False, level__in=["B-B", "B-T", "B-LTA"]),
                name="a_seal_names_its_certificate",
            ),
        ]
        indexes = [
            models.Index(
                fields=["renewal_after"],
                condition=Q(renewal_after__isnull=False),
                name="documents_to_renew",
            ),
            models.Index(fields=["sha256"], name="documents_by_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Signature(models.Model):
    """Who signed which text, how, and how we know: the evidence packet of rules.md A-ES (R69-R71).

    `text_sha256` is the exact text shown, fixed before the signature. The row is append-only; the document
    that shows it and the copy given are rows that follow.
    """

    class Role(models.TextChoices):
        SELF = "self", "The person"
        REPRESENTATIVE = "personal_representative", "Personal representative"

    class Method(models.TextChoices):
        DRAWN = "drawn", "Drawn"
        TYPED = "typed", "Typed"
        PAPER = "paper", "On paper"

    class Identity(models.TextChoices):
        PHOTO_ID = "photo_id", "Photo ID seen"
        KNOWN = "known_two_facts", "Known to us, and two facts asked"
        CODE = "one_time_code", "Code sent to the signer's own phone or e-mail"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=30, choices=Role)
    representation = models.ForeignKey(Representation, on_delete=models.PROTECT, null=True, related_name="+")
    method = models.CharField(max_length=10, choices=Method)
    signed_at = models.DateTimeField()
    text_sha256 = models.CharField(max_length=64)
    answers = models.JSONField()
    intent = models.CharField(max_length=400)
    identity_method = models.CharField(max_length=20, choices=Identity, blank=True)
    identity_checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    witness = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    witnessed_at = models.DateTimeField(null=True)
    factor = models.CharField(max_length=40, blank=True)
    disclosure_version = models.CharField(max_length=20, blank=True)
    disclosure_accepted_at = models.DateTimeField(null=True)
    capacity_attested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10)
    signer_language = models.CharField(max_length=10, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    privacy_notice = models.CharField(max_length=40, blank=True)
    device = models.JSONField(default=dict)
    events = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="self", representation=None)
                | Q(role="personal_representative", representation__isnull=False),
                name="representative_signs_by_an_authority",
            ),
            models.CheckConstraint(
                condition=Q(witness=None) | ~Q(witness=models.F("identity_checked_by")),
                name="witness_is_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class SignatureMark(models.Model):
    """What identifies about a signature: the name as typed and the strokes. Erasable, beside the proof."""

    signature = models.OneToOneField(Signature, on_delete=models.CASCADE, related_name="mark")
    typed_name = SealedTextField(purpose="signature", blank=True)
    strokes = SealedTextField(purpose="signature", blank=True)

    def __str__(self) -> str:
        return f"mark of signature {self.signature_id}"


class SignedDocument(models.Model):
    """The document that shows a signature; until it exists the signature is incomplete."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="signed_document")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    ledger_seq = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"document of signature {self.signature_id}"


class CopyGiven(models.Model):
    """The individual got a copy: how, when, which bytes (45 CFR 164.508(c)(4); R12)."""

    class Method(models.TextChoices):
        PRINT = "print", "Printed"
        SCREEN = "screen", "Link and QR code shown"
        EMAIL = "email", "Link by e-mail"
        OWN_PAGE = "own_page", "Taken from the own page"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="copies")
    method = models.CharField(max_length=10, choices=Method)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"copy of signature {self.signature_id}"
