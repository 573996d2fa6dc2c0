"""Events at which many are asked at once: their codes, their guests' cards, and who would not be photographed."""

from django.db import models
from django.db.models import Q

from consent.access.models import Location, Practice, User
from consent.keys.fields import SealedTextField
from consent.signing.models import Ceremony
from consent.wording.models import Template


class Gathering(models.Model):
    """An event: an open house, a fair. Append-only but for its end; what it offers is what each guest is asked."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    day = models.DateField()
    place = models.CharField(max_length=80)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    offered = models.JSONField()
    ends_on = models.DateField()
    privacy_notice = models.CharField(max_length=40)
    host = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["practice", "day"], name="gatherings_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="gathering_is_closed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Poster(models.Model):
    """A printed code that leads guests to an event's card. Only the digest of its token is kept."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="posters")
    token_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"poster {self.pk}"


class Card(models.Model):
    """One guest of an event: the number that photographer and guest see, and the form behind it.

    `once` is the digest of a number on the page that was sent, so that the same page sent twice makes one card;
    `tries` counts wrong digits typed by those who would confirm it.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="cards")
    number = models.PositiveIntegerField()
    ceremony = models.OneToOneField(Ceremony, on_delete=models.PROTECT, related_name="card")
    once = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="card_number_once"),
            models.UniqueConstraint(fields=["gathering", "once"], name="card_of_a_page_once"),
        ]

    def __str__(self) -> str:
        return f"card {self.number}"


class NoPhoto(models.Model):
    """Somebody at an event would not be photographed: how to know them. Deleted some days after the event."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="no_photos")
    words = SealedTextField(purpose="signing")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"no photo {self.pk}"
