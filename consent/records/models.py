"""Consents and what ends them. A consent is never edited; each later fact is a row of its own.

Every row that can close the gate names its person, whose row the database locks on insert (design 7.1).
"""

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


class Revocation(models.Model):
    """Permission taken back, in whole (`part` empty) or in part, effective on receipt (R17).

    `part` holds lists of keys under ``elements``, ``platforms``, ``assets``: what may no longer be used.
    """

    class How(models.TextChoices):
        OWN_PAGE = "own_page", "On the person's own page"
        DESK = "desk", "In writing at the desk"
        LETTER = "letter", "Letter or e-mail"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="revocations")
    part = models.JSONField(default=dict)
    how = models.CharField(max_length=15, choices=How)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="revocation_by_receipt")]

    def __str__(self) -> str:
        return f"revocation {self.pk}"


class Hold(models.Model):
    """An oral request to stop: suspends at once, until it is in writing or lifted.

    Everything of the person, unless it was expressly about one permission only.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=60, default="oral_request")
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
