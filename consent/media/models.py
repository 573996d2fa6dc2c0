"""Pictures and who is in them. The original is kept apart and never published; a rendition is made from pixels."""

from django.db import models
from django.db.models import Q

from consent.access.models import Practice, User
from consent.keys.fields import SealedTextField
from consent.people.models import Person

from .rules import MAX_LABEL, Capture


class PictureUpload(models.Model):
    """Pictures that came in together: of one event or series, by one person, who may undo it for ten minutes."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=MAX_LABEL, blank=True)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.series or f"upload {self.pk}"


class Asset(models.Model):
    """A file as it came in, under its SHA-256, in the private store.

    `unnamed` counts the people in it whom somebody saw and nobody could name. `capture_cover` says what allowed a
    camera from outside to be there (R40). `captions` are a video's, as WebVTT (R92). `carried` are the kinds of things
    that the file hid (`rules.CARRIED`). One whose upload was undone is taken back: its files are gone, and it is shown
    nowhere.
    """

    class Kind(models.TextChoices):
        IMAGE = "image", "Picture"
        VIDEO = "video", "Video"

    class Source(models.TextChoices):
        OWN = "own", "Taken by us"
        USER = "user", "Made by someone else"

    class TakenBy(models.TextChoices):
        WORKFORCE = "workforce", "Someone who works here"
        AUTHOR = "author", "Whoever posted it"
        THIRD_PARTY = "third_party", "A photographer, agency or reporter from outside"

    class CaptureCover(models.TextChoices):
        AGREEMENT = "agreement", "They had signed a business associate agreement before"
        AUTHORIZED = "authorized", "Everyone in it had signed before the camera came in"
        NEITHER = "neither", "Neither"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="assets")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.IMAGE)
    label = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    size = models.BigIntegerField()
    source = models.CharField(max_length=10, choices=Source, default=Source.OWN)
    source_url = models.URLField(max_length=500, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    captured_on = models.DateField(null=True, blank=True)
    captured_by = models.CharField(max_length=120, blank=True)
    taken_by = models.CharField(max_length=12, choices=TakenBy, blank=True)
    capture_cover = models.CharField(max_length=12, choices=CaptureCover, blank=True)
    unnamed = models.PositiveSmallIntegerField(default=0)
    carried = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    captions = models.TextField(blank=True)
    nobody_appears = models.BooleanField(null=True)
    nobody_said_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    upload = models.ForeignKey(PictureUpload, on_delete=models.PROTECT, null=True, related_name="assets")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "sha256"], condition=Q(taken_back_at=None), name="asset_once"
            ),
            models.CheckConstraint(
                condition=Q(source="own") | Q(author__isnull=False), name="user_content_names_its_author"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def capture(self) -> Capture:
        """Who held the camera, what allowed it, and when."""
        return Capture(self.taken_by, self.capture_cover, self.captured_on)


class Rendition(models.Model):
    """What is published: a picture made anew from the original's pixels, without any metadata (R37).

    `likeness` is the same for copies of one picture; it is made of the whole picture, not of anyone in it (R41). A
    video is `seconds` long, a picture none; `poster_key` is the video's first frame. `origin` is the rendition that it
    was cut or covered from; one that did not hold is refused and never shown.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="renditions")
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)
    small_key = models.CharField(max_length=200, blank=True)
    poster_key = models.CharField(max_length=200, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    media_type = models.CharField(max_length=40)
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.BigIntegerField()
    recipe = models.JSONField(default=list)
    metadata_stripped = models.BooleanField(default=False)
    likeness = models.CharField(max_length=1000, blank=True)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    places = models.JSONField(default=dict)
    refused_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    looks: "list[Appearance]"  # who is in it, where a query has read that

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "sha256"], name="rendition_once")]
        indexes = [models.Index(fields=["practice", "sha256"], name="rendition_by_digest")]

    def __str__(self) -> str:
        return f"rendition {self.pk}"


class Appearance(models.Model):
    """A person in an asset, with what is shown of them; or someone masked. Unknown capacity counts as patient."""

    class Capacity(models.TextChoices):
        PATIENT = "patient", "Patient"
        STAFF = "staff", "Staff"
        VISITOR = "visitor", "Visitor"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="appearances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="appearances")
    masked = models.BooleanField(default=False)
    elements = models.JSONField(default=list)
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.PATIENT)
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "person"], condition=Q(removed_at=None, masked=False), name="appearance_once"
            ),
            models.CheckConstraint(
                condition=Q(masked=True) | Q(person__isnull=False), name="someone_or_masked"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("named_by")),
                name="appearance_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"appearance {self.pk}"


class CutAway(models.Model):
    """What a cut or covered rendition no longer shows of somebody in the picture (R33, R39).

    A box that lies outside takes the face away; `wholly` means that a person has looked and says that nothing of them
    can be recognised in this rendition: then nobody needs to ask them for it.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="cut_away")
    appearance = models.ForeignKey(Appearance, on_delete=models.PROTECT, related_name="cut_away")
    elements = models.JSONField(default=list)
    wholly = models.BooleanField(default=False)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rendition", "appearance"], condition=Q(removed_at=None), name="cut_away_once"
            ),
            models.CheckConstraint(condition=Q(wholly=True) | ~Q(elements=[]), name="something_is_cut_away"),
        ]

    def __str__(self) -> str:
        return f"cut away {self.pk}"


class PictureScan(models.Model):
    """The detectors' look at a rendition: asked for with its row, leased by a worker, done, or left to a person."""

    class State(models.TextChoices):
        ASKED = "asked", "Not looked at yet"
        LOOKED = "looked", "Looked at"
        WAITING = "waiting", "Waits for a person to look"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="scans")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="scans")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    leased_by = models.CharField(max_length=60, blank=True)
    leased_until = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    detectors = models.JSONField(default=dict)
    faces = models.PositiveSmallIntegerField(default=0)
    texts = models.PositiveSmallIntegerField(default=0)
    codes = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="asked"), name="picture_scan_due"),
            models.Index(fields=["rendition", "id"], name="picture_scan_newest"),
        ]

    def __str__(self) -> str:
        return f"scan {self.pk} ({self.state})"


class Sighting(models.Model):
    """A face, a text or a code that a detector saw. Where and what is sealed, and dropped after the review (R41)."""

    class Settled(models.TextChoices):
        OPEN = "", "Open"
        NAMED = "named", "Somebody named"
        COVERED = "covered", "Covered in another rendition"
        ATTESTED = "attested", "Tells nobody who it is"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(PictureScan, on_delete=models.PROTECT, related_name="sightings")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5)
    seen = SealedTextField(purpose="finding", blank=True)
    settled = models.CharField(max_length=10, choices=Settled, default=Settled.OPEN, blank=True)
    appearance = models.ForeignKey(Appearance, on_delete=models.PROTECT, null=True, related_name="+")
    why = SealedTextField(purpose="finding", blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "number"], name="sighting_once")]

    def __str__(self) -> str:
        return f"sighting {self.pk} ({self.kind})"


class BackgroundReview(models.Model):
    """A person looked over the whole of a rendition, point by point (R38). Append-only."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="reviews")
    scan = models.ForeignKey(PictureScan, on_delete=models.PROTECT, null=True, related_name="+")
    points = models.JSONField(default=list)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"background review {self.pk}"
