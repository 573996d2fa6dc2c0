"""Consents, and what was noted about one. A consent is never edited; each later fact is a row of its own."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Location, Practice, User
from consent.evidence.models import Signature
from consent.people.models import ContactPoint, Person, Representation
from consent.wording.models import Wording


class Consent(models.Model):
    """One signed permission of one person: authorization, staff release, or author's licence.

    `scope` is `records.rules.Scope` as JSON. `ends_at` is the first instant at which it no longer holds by date:
    the end of `ends_on` in `zone`, or the 18th birthday if that comes first (R6, R28, R53).
    `statements` are the anchors the signed text really held; `defects` what was found wrong with a form
    recorded as it is (a defective consent is kept and never valid). `print_points` is its smallest type, `stands_alone`
    says that it is a form of its own, `longer_on_request` that the signer asked for more than a year (R75).
    """

    class Kind(models.TextChoices):
        AUTHORIZATION = "authorization", "Authorization"
        RELEASE = "release", "Staff release"
        LICENCE = "licence", "Author licence"

    class EndsEvent(models.TextChoices):
        END_OF_TREATMENT = "end_of_treatment", "when treatment here ends"
        END_OF_EMPLOYMENT = "end_of_employment", "when employment here ends"
        END_OF_CAMPAIGN = "end_of_campaign", "when the campaign ends"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=15, choices=Kind)
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, null=True, related_name="consent")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signer_role = models.CharField(max_length=30, choices=Signature.Role)
    representation = models.ForeignKey(Representation, on_delete=models.PROTECT, null=True, related_name="+")
    discloser = models.CharField(max_length=200, blank=True)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, related_name="+")
    zone = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    scope = models.JSONField()
    statements = models.JSONField(default=list)
    defects = models.JSONField(default=list)
    print_points = models.PositiveSmallIntegerField(null=True)
    stands_alone = models.BooleanField(default=False)
    longer_on_request = models.BooleanField(default=False)
    found = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    effective_from = models.DateTimeField()
    ends_on = models.DateField(null=True)
    ends_event = models.CharField(max_length=30, blank=True)
    ends_at = models.DateTimeField(null=True)
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "person"], name="consent_by_person"),
            models.Index(fields=["ends_at"], name="consent_by_end"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Notarization(models.Model):
    """A notary witnessed the signature, or the signer's later statement about it (N.J.A.C. 13:34-9.7; R79)."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="notarizations")
    notarized_on = models.DateField()
    notary = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"notarization of consent {self.consent_id}"


class Disclosure(models.Model):
    """Something that rested on a consent went out electronically: what, where, when (R64, R77).

    `reference` says of what, so that rules can leave out the thing itself: ``version:12``, or a found publication.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="disclosures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    platform = models.CharField(max_length=30)
    disclosed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "reference"], name="disclosure_once_a_reference")
        ]

    def __str__(self) -> str:
        return f"disclosure of consent {self.consent_id}"


class HolderLink(models.Model):
    """The address of a person's own page, held by the person or by one representative.

    Only the token's digest is kept. It dies with the holder's authority, at 18, or when a new one is issued; if that
    one was `asked_for` by whoever lost this, only on its first use, so that nobody can kill another's link by asking.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holder_links")
    representation = models.ForeignKey(Representation, on_delete=models.PROTECT, null=True, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    asked_for = models.BooleanField(default=False)
    sent_to = models.ForeignKey(ContactPoint, on_delete=models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("issued_at")), name="link_ends_after_issue"
            )
        ]

    def __str__(self) -> str:
        return f"link of person {self.person_id}"
