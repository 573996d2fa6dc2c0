"""Posts. One version per channel account holds the final words; adapters transform nothing."""

from django.db import models
from django.db.models import Q

from consent.access.models import Location, Practice, Recipient, User
from consent.media.models import Appearance, Rendition
from consent.people.models import Connection, Person
from consent.wording.rules import FORMATS, PURPOSES, SENSITIVE_CATEGORIES
from posts.channels.models import ChannelAccount

from .rules import CAPTION_LIMIT


class Post(models.Model):
    """Something the practice wants to say, for one declared purpose (R5).

    A repost names the author of what it repeats; `story` is the number of the story that it repeats, which this room
    does not know. `quote_source` holds what was said, word for word, where the words
    quote somebody; `typical_result` what people can usually expect, where they tell of an unusual result (R84-R89).
    """

    class Kind(models.TextChoices):
        POST = "post", "Post"
        REPLY = "reply", "Reply"
        MESSAGE = "message", "Message"
        HIDE = "hide", "Hiding a comment"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="posts")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.POST)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    planned_for = models.DateTimeField(null=True, blank=True)
    parent_text = models.TextField(blank=True)
    origin_url = models.URLField(max_length=500, blank=True)
    origin_author = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    origin_gone_at = models.DateTimeField(null=True, blank=True)
    story = models.BigIntegerField(null=True, blank=True, db_index=True)
    connection = models.CharField(max_length=12, choices=Connection.Kind, blank=True)
    quote_source = models.TextField(blank=True)
    atypical_result = models.BooleanField(default=False)
    typical_result = models.CharField(max_length=500, blank=True)
    procedures = models.CharField(max_length=300, blank=True)
    results_notice = models.BooleanField(default=False)
    unretouched = models.BooleanField(default=False)
    sensitive_category = models.CharField(max_length=20, choices=SENSITIVE_CATEGORIES, blank=True)
    sale = models.BooleanField(default=False)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "-changed_at"], name="post_by_change")]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """The post as one channel account would receive it, to the byte."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="versions")
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    caption = models.TextField(blank=True, max_length=CAPTION_LIMIT)
    format = models.CharField(max_length=10, choices=FORMATS, default="post")
    paid = models.BooleanField(default=False)
    disclosure = models.CharField(max_length=300, blank=True)
    third_party_pays = models.BooleanField(default=False)
    recipients = models.ManyToManyField(Recipient, related_name="+", blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "account"], name="version_once_an_account"),
        ]

    def __str__(self) -> str:
        return f"version {self.pk}"


class VersionMedia(models.Model):
    """A rendition in a version, in order, with its alternative text (WCAG 1.1.1; R92)."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="media")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    position = models.IntegerField()
    alt_text = models.CharField(max_length=2000, blank=True)
    captions = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="media_position_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"picture {self.position} of version {self.version_id}"


class Mention(models.Model):
    """A person whose information the words use, and which elements of it (R2, R33)."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    elements = models.JSONField(default=list)
    capacity = models.CharField(
        max_length=10, choices=Appearance.Capacity, default=Appearance.Capacity.PATIENT
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="mention_once"),
            models.CheckConstraint(condition=~Q(elements=[]), name="mention_names_its_elements"),
        ]

    def __str__(self) -> str:
        return f"mention in version {self.version_id}"
