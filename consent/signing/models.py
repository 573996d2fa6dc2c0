"""The ceremony: one state machine from prepared to copy given, every step an event."""

import json
from typing import Any

from django.db import models
from django.db.models import F, Q

from consent.access.models import Location, Practice, User
from consent.evidence.models import Signature
from consent.keys.fields import SealedTextField
from consent.people.models import ContactPoint, Person, Representation
from consent.wording.models import Wording


class Exhibit(models.Model):
    """A post as a person is shown it before they sign for exactly this one. Append-only.

    `post` is the number of the post, which this room does not know. `digests` name what is seen, page by page, each
    once; `contents` are the pages themselves: words, disclosure, and pictures by the SHA-256 of their bytes.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exhibits")
    post = models.BigIntegerField()
    title = models.CharField(max_length=120)
    digests = models.JSONField()
    contents = SealedTextField(purpose="signing")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["practice", "person"], name="exhibits_of_person")]

    def __str__(self) -> str:
        return f"exhibit {self.pk}"

    @property
    def pages(self) -> list[dict[str, Any]]:
        """What is shown, channel by channel."""
        pages: list[dict[str, Any]] = json.loads(self.contents)
        return pages

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """Every picture of every page."""
        return [picture for page in self.pages for picture in page["pictures"]]


class Ceremony(models.Model):
    """One request for one signature. Staff prepare it; only the holder of its token answers it.

    `offered` holds the keys that may be ticked, by list, and the latest end; `answers` what was ticked and when.
    `filled` is what stood in the form's fields when its text was fixed; `own_page` the token of the link on the
    copy, while the tablet is out. Both may be emptied, a finished ceremony otherwise stays as it is. `route` is how
    it reached the signer last; `exhibit` is what the signer is shown; `expires_at` and `reminders` belong to a link
    that was sent. `unmade_why` says why the document of a signed one could not be made so far (`rules.unmade`), since
    when, and after how many tries.
    """

    class Route(models.TextChoices):
        TABLET = "tablet", "Tablet"
        PHONE = "phone", "Own phone, at the counter"
        LINK = "link", "Link by e-mail"

    class State(models.TextChoices):
        PREPARED = "prepared", "Ready to hand over"
        OPEN = "open", "With the patient"
        PAPER = "paper", "On paper"
        SIGNED = "signed", "Signed"
        DECLINED = "declined", "No thanks"
        ABANDONED = "abandoned", "Not finished"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ceremonies")
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Signature.Role)
    representation = models.ForeignKey(Representation, on_delete=models.PROTECT, null=True, related_name="+")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    offered = models.JSONField()
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, null=True, related_name="ceremonies")
    asks_assent = models.BooleanField(default=False)
    interpreter = models.CharField(max_length=120, blank=True)
    privacy_notice = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    route = models.CharField(max_length=10, choices=Route, default=Route.TABLET)
    contact_point = models.ForeignKey(ContactPoint, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    reminders = models.IntegerField(default=0)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    capacity_attested = models.BooleanField(default=False)
    identity_method = models.CharField(max_length=20, choices=Signature.Identity, blank=True)
    witness = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    witnessed_at = models.DateTimeField(null=True)
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    handed_over_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    pin_failures = models.IntegerField(default=0)
    answers = models.JSONField(default=dict)
    step = models.CharField(max_length=20, default="welcome")
    filled = SealedTextField(purpose="signing", blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    own_page = SealedTextField(purpose="signing", blank=True)
    sealing_until = models.DateTimeField(null=True)
    unmade_why = models.CharField(max_length=20, blank=True)
    unmade_since = models.DateTimeField(null=True)
    unmade_tries = models.IntegerField(default=0)
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, null=True, related_name="ceremony")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(witness=None) | ~Q(witness=F("prepared_by")), name="ceremony_witness_is_another"
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signature__isnull=False),
                name="signed_ceremony_has_a_signature",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=Q(route="link", state__in=["prepared", "open"]),
                name="ceremony_sent_unanswered",
            ),
            models.Index(
                fields=["last_seen_at"],
                condition=Q(state="signed", returned_at=None),
                name="ceremony_signed_in_hand",
            ),
            models.Index(
                fields=["practice", "unmade_since"],
                condition=Q(unmade_since__isnull=False),
                name="ceremony_without_document",
            ),
        ]

    def __str__(self) -> str:
        return f"ceremony {self.pk} ({self.state})"


class CeremonyEvent(models.Model):
    """A step of the ceremony: who acted, when, on what device. Append-only."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} of ceremony {self.ceremony_id}"


class SignerLink(models.Model):
    """An address that brings the signer to the form, by mail or as a code on the counter's screen.

    Only the digest of its token is kept. A newer one by mail stands beside the older until it is sent anew.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"link {self.pk} to ceremony {self.ceremony_id}"


class OneTimeCode(models.Model):
    """Six digits sent to somebody's own address: to open a form, or to show that the address is theirs.

    Only a keyed digest of the digits is kept, with the tries. A newer code ends the older.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    contact_point = models.ForeignKey(ContactPoint, on_delete=models.SET_NULL, null=True, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, null=True, related_name="codes")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["contact_point", "sent_at"], name="codes_of_contact_point")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class PinTry(models.Model):
    """Somebody's PIN was tried, right or wrong: every third wrong one in a row locks it, each time for longer."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was_right = models.BooleanField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["user", "at"], name="pin_tries_of_user")]

    def __str__(self) -> str:
        return f"{'right' if self.was_right else 'wrong'} PIN of user {self.user_id}"
