"""Channel accounts, and the practice wall's own copies: the wall is a network that happens to live here."""

from django.db import models
from django.db.models import Q

from consent.access.models import Location, Practice, User
from consent.keys.fields import SealedTextField
from consent.wording.rules import PLATFORMS


class ChannelAccount(models.Model):
    """Where we publish: an account on a platform, with the audience that can see it (R4, R47).

    `adapter` says how: the wall, by hand, a network. `discloser` is the location whose legal entity publishes here.
    """

    class Audience(models.TextChoices):
        PUBLIC = "public", "Anyone in the world"
        CLOSED = "closed", "A closed group"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="channel_accounts")
    platform = models.CharField(max_length=30, choices=PLATFORMS)
    adapter = models.CharField(max_length=20)
    handle = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    discloser = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    credentials = SealedTextField(purpose="channel", blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "platform", "handle"],
                condition=Q(closed_at=None),
                name="channel_account_once",
            )
        ]

    def __str__(self) -> str:
        return self.handle


class WallEntry(models.Model):
    """What the wall holds of a post: prepared and invisible, visible, or a tombstone. It never sees a Post."""

    class State(models.TextChoices):
        PREPARED = "prepared", "Not yet visible"
        VISIBLE = "visible", "Visible"
        DELETED = "deleted", "Deleted"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=State)
    caption = models.TextField(blank=True)
    disclosure = models.CharField(max_length=300, blank=True)
    consent_ids = models.JSONField(default=list)
    uses = models.JSONField(default=dict)
    shown_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-shown_at"], name="wall_page")]

    def __str__(self) -> str:
        return f"wall entry {self.key}"


class WallPicture(models.Model):
    """The wall's own copy of a picture."""

    entry = models.ForeignKey(WallEntry, on_delete=models.CASCADE, related_name="pictures")
    position = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    alt_text = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"picture {self.position} of {self.entry_id}"
