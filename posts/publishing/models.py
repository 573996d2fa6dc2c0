"""The delivery table is the queue. Its triggers refuse SENDING without a decision made for exactly this."""

from functools import cached_property

from django.db import models
from django.db.models import Q

from consent.access.models import Practice, User
from consent.media.models import Asset
from consent.people.models import Person
from consent.records.models import Revocation
from posts.channels.models import ChannelAccount
from posts.channels.registry import capability_of
from posts.clearance.models import Decision
from posts.content.models import Version

BY_HAND = {"claimed": "Taken, to be posted by hand", "sending": "Being posted by hand"}


class Delivery(models.Model):
    """One version to one account on one occasion: its place in the queue and what became of it."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        CLAIMED = "claimed", "Being prepared"
        SENDING = "sending", "On its way"
        PUBLISHED = "published", "Published"
        UNKNOWN = "unknown", "Not known whether it went out"
        FAILED = "failed", "Refused by the network"
        BLOCKED = "blocked", "Stopped by the gate"
        RETURNED = "returned", "Back to its author"
        CANCELLED = "cancelled", "Cancelled"
        REMOVED = "removed", "Taken down"
        FOUND = "found", "Was out before Postern"

    class Occasion(models.TextChoices):
        FIRST = "first", "First"
        AGAIN = "again", "Again"
        BOOST = "boost", "Boost"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="deliveries")
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=10, choices=Occasion, default=Occasion.FIRST)
    number = models.IntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    due_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    scheduled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    fence = models.IntegerField(default=0)
    owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    retries = models.IntegerField(default=0)
    intent_at = models.DateTimeField(null=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="delivery")
    digest = models.CharField(max_length=64, blank=True)
    remote_id = models.CharField(max_length=300, blank=True)
    remote_url = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "account", "occasion", "number"], name="delivery_once_an_occasion"
            ),
            models.CheckConstraint(
                condition=Q(state="found") | Q(state="removed") | Q(version__isnull=False),
                name="only_found_posts_lack_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(decision__isnull=False, intent_at__isnull=False),
                name="sending_names_its_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="scheduled"), name="delivery_due"),
            models.Index(fields=["not_before"], condition=Q(state="unknown"), name="delivery_unknown"),
            models.Index(
                fields=["lease_until"], condition=Q(state__in=["claimed", "sending"]), name="delivery_leases"
            ),
            models.Index(fields=["practice", "state"], name="delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} ({self.state})"

    @property
    def said_state(self) -> str:
        """Where it stands, as people say it; a person who posts it prepares nothing on a network."""
        words = BY_HAND.get(self.state) if capability_of(self.account).by_hand else None
        return words or self.get_state_display()


class Attempt(models.Model):
    """One try. Written before a byte leaves; the takedown duty follows attempts ever made (design 7.5, 7.8).

    It is open until `ended_at`: while one is open, bytes that rest on its consents may still leave.
    """

    class Stage(models.TextChoices):
        PREPARING = "preparing", "Preparing"
        PREPARED = "prepared", "Prepared"
        SENDING = "sending", "Sending"
        DONE = "done", "Answered"
        LOST = "lost", "No answer"

    class Outcome(models.TextChoices):
        PUBLISHED = "published", "It is out"
        REFUSED = "refused", "Refused: nothing happened"
        NOT_SENT = "not_sent", "Not sent"
        UNKNOWN = "unknown", "Not known"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    fence = models.IntegerField()
    stage = models.CharField(max_length=10, choices=Stage)
    started_at = models.DateTimeField()
    intent_at = models.DateTimeField(null=True)
    prepare_decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    consent_ids = models.JSONField(default=list)
    person_ids = models.JSONField(default=list)
    remote_key = models.CharField(max_length=120)
    remote_id = models.CharField(max_length=300, blank=True)
    prepared = models.JSONField(default=dict)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    lease_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "fence"], name="attempt_once_a_fence")]
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(ended_at=None), name="attempt_open"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.fence} of delivery {self.delivery_id}"

    @cached_property
    def rests_on(self) -> list[tuple[int, int]]:
        """The people and the consents that it rests on."""
        return list(self.reliances.values_list("person_id", "consent_id")) if self.pk else []


class AttemptReliance(models.Model):
    """Which person and consent an attempt rested on, indexed: revocation finds what it must stop and take down."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="reliances")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    consent_id = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"attempt {self.attempt_id} on consent {self.consent_id}"


class AttemptPicture(models.Model):
    """Which picture an attempt was to send, indexed: so who is named in it later is found."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="pictures")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"attempt {self.attempt_id} with picture {self.asset_id}"


class FoundPublication(models.Model):
    """Something of ours that was out before Postern: it enters as FOUND, never through SENDING."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="found_publication")
    address = models.URLField(max_length=500)
    seen_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    people_unknown = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    people = models.ManyToManyField(Person, related_name="+", blank=True)

    def __str__(self) -> str:
        return self.address


class Takedown(models.Model):
    """The duty to remove what is out: post and media, probed, closed only after quarantine."""

    class State(models.TextChoices):
        OWED = "owed", "To be taken down"
        DELETED = "deleted", "Deleted, being watched"
        CLOSED = "closed", "Gone"

    class Why(models.TextChoices):
        WITHDRAWN = "withdrawn", "Permission was withdrawn"
        INVALID = "invalid", "The permission was marked wrong"
        ENDED = "ended", "The permission has ended"
        ASKED = "asked", "Someone here asked for it"
        RESURFACED = "resurfaced", "It came back"
        MISSING = "missing", "No permission is on file"
        CLEAN_UP = "clean_up", "Prepared, and then not used"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="takedowns")
    why = models.CharField(max_length=20, choices=Why)
    state = models.CharField(max_length=10, choices=State, default=State.OWED)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    by_hand = models.BooleanField(default=False)
    lease_until = models.DateTimeField(null=True)
    owner = models.CharField(max_length=80, blank=True)
    not_before = models.DateTimeField()
    tries = models.IntegerField(default=0)
    deleted_at = models.DateTimeField(null=True)
    last_probe_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    later_probes_left = models.IntegerField(default=3)
    closed_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    proof = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"], condition=~Q(state="closed"), name="one_open_takedown_a_delivery"
            )
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(later_probes_left__gt=0), name="takedown_due"),
        ]

    def __str__(self) -> str:
        return f"takedown of delivery {self.delivery_id} ({self.state})"


class RevocationEffect(models.Model):
    """R2: from here on no byte leaves that rests on the revoked permission; the person has been told so."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    revocation = models.OneToOneField(Revocation, on_delete=models.PROTECT, related_name="effect")
    effective_at = models.DateTimeField()
    deliveries_blocked = models.IntegerField(default=0)
    takedowns_owed = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"revocation {self.revocation_id} effective"


class SweepMark(models.Model):
    """How far the sweep has read one kind of row that can stop a delivery.

    Rows are read by id from a little before `upto`, since a lower id may be committed later; `seen` are those of
    that stretch already handled, `waiting` those to be asked about again. `upto_at` is for what time alone ends.
    """

    kind = models.CharField(max_length=30, primary_key=True)
    upto = models.BigIntegerField(default=0)
    upto_at = models.DateTimeField(null=True)
    seen = models.JSONField(default=list)
    waiting = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.kind} up to {self.upto}"


class Pause(models.Model):
    """Publishing stopped by a person: for the installation, a practice or one account. Revocation goes on."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300)
    paused_by = models.CharField(max_length=60)
    paused_at = models.DateTimeField()
    resumed_by = models.CharField(max_length=60, blank=True)
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practice"], condition=Q(resumed_at=None), name="pause_standing")]

    def __str__(self) -> str:
        return f"pause {self.pk}"
