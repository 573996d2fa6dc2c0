"""Stories found in public, what we saw of them, who is who in them, and what we asked of whom (R96, R97)."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Location, Practice, User
from consent.keys.fields import SealedTextField
from consent.people.models import ContactPoint, Person
from consent.signing.models import Ceremony, OneTimeCode
from consent.wording.rules import PLATFORMS
from posts.content.models import Post

from .rules import LANGUAGES


class Story(models.Model):
    """A public post by somebody else that we might share again: no permission of any kind (S6).

    `same` is its address in the one way of writing it, so that it is kept once; `handle` the author's name there.
    `sign` is the kind sign that it was left at, if it was. A story whose author said no is never asked for again.
    """

    class Sign(models.TextChoices):
        LIKE = "like", "Liked"
        COMMENT = "comment", "A neutral comment"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="stories")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    platform = models.CharField(max_length=30, choices=PLATFORMS, blank=True)
    address = models.URLField(max_length=500, blank=True)
    same = models.CharField(max_length=500, blank=True)
    handle = models.CharField(max_length=120, blank=True)
    posted_on = models.DateField()
    language = models.CharField(max_length=10, choices=LANGUAGES, default="en")
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    everybody_named_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    everybody_named_at = models.DateTimeField(null=True)
    sign = models.CharField(max_length=10, choices=Sign, blank=True)
    sign_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sign_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "-found_at"], name="story_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["practice", "same"], condition=~Q(same=""), name="story_once"),
        ]

    def __str__(self) -> str:
        return f"story {self.pk}"


class Snapshot(models.Model):
    """A story as it was seen at an instant, since stories vanish: kept as proof, never publishable. Append-only.

    `sha256` is over text and picture; `likeness` finds the same picture again, as for our own (R41).
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="snapshots")
    text = SealedTextField(purpose="story", blank=True)
    picture_key = models.CharField(max_length=200, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    likeness = models.CharField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"snapshot {self.pk} of story {self.story_id}"


class Part(models.Model):
    """Somebody in a story: its author, or who is shown or told of; who said so. Unknown is a no (R33)."""

    class Kind(models.TextChoices):
        AUTHOR = "author", "Made it"
        SHOWN = "shown", "Is shown"
        TOLD = "told", "Is told of"

    class Relation(models.TextChoices):
        PATIENT = "patient", "A patient, or was one"
        NOT_PATIENT = "not_patient", "Not a patient"
        UNKNOWN = "unknown", "We do not know"

    class Age(models.TextChoices):
        ADULT = "adult", "18 or older"
        MINOR = "minor", "Under 18"
        UNKNOWN = "unknown", "We do not know"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation, default=Relation.UNKNOWN)
    age = models.CharField(max_length=10, choices=Age, default=Age.UNKNOWN)
    words = models.CharField(max_length=80, blank=True)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=Q(kind="author", ended_at=None), name="one_author_of_a_story"
            ),
            models.UniqueConstraint(
                fields=["story", "kind", "person"],
                condition=Q(ended_at=None, person__isnull=False),
                name="part_of_a_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of story {self.story_id}"


class RepostRequest(models.Model):
    """We ask whether a story may be shown again: what for, until when, by whom, in which words.

    `post` is what would go out. `asked` holds the platforms, formats and edits, and whether it may be paid for. Only
    the digest of the author's link is kept. `as_sent` are the words as they were sent. One for a story is open.
    """

    class Way(models.TextChoices):
        BY_HAND = "by_hand", "By hand"
        MESSAGE = "message", "By message"

    class Ended(models.TextChoices):
        DECLINED = "declined", "No thanks"
        LAPSED = "lapsed", "Lapsed"
        CALLED_OFF = "called_off", "Called off"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="requests")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField()
    ends_on = models.DateField()
    language = models.CharField(max_length=10, choices=LANGUAGES)
    way = models.CharField(max_length=10, choices=Way, default=Way.BY_HAND)
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    as_sent = SealedTextField(purpose="story", blank=True)
    sent_sha256 = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "-begun_at"], name="repost_by_time"),
            models.Index(fields=["lapses_at"], condition=Q(ended_at=None), name="repost_to_tend"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=Q(ended_at=None), name="one_open_request_for_a_story"
            ),
            models.CheckConstraint(
                condition=Q(ended="", ended_at=None) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="ended_request_says_how",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | ~Q(sent_sha256=""), name="sent_request_keeps_its_words"
            ),
        ]

    def __str__(self) -> str:
        return f"repost request {self.pk}"


class RequestForm(models.Model):
    """A form that a request waits for: the author's licence, or a patient's authorization, each by itself (R15)."""

    class Kind(models.TextChoices):
        LICENCE = "licence", "Licence of the author"
        AUTHORIZATION = "authorization", "Authorization of a patient"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(RepostRequest, on_delete=models.PROTECT, related_name="forms")
    kind = models.CharField(max_length=14, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ceremony = models.OneToOneField(Ceremony, on_delete=models.PROTECT, related_name="request_form")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} for request {self.request_id}"


class RequestEvent(models.Model):
    """What happened to a request, in order. `words` is what somebody wrote, sealed. Append-only."""

    class Kind(models.TextChoices):
        BEGUN = "begun", "Began the request"
        LINKED = "linked", "Made a link for the author"
        SENT = "sent", "Said that it was sent"
        SEEN = "seen", "The author opened the page"
        YES = "yes", "The author went on to the forms"
        REPLIED = "replied", "The author replied"
        PROOF_ASKED = "proof_asked", "The author gave an e-mail address"
        PROOF_NOTED = "proof_noted", "Saw the answer from the account"
        PROOF_CONFIRMED = "proof_confirmed", "Confirmed the answer from the account"
        FORM_SENT = "form_sent", "A form was sent"
        REMINDED = "reminded", "Reminded the owner"
        DECLINED = "declined", "The author said no thanks"
        LAPSED = "lapsed", "Lapsed without an answer"
        CALLED_OFF = "called_off", "Called off"
        OWNED = "owned", "Has a new owner"
        GONE = "gone", "The original is gone"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(RepostRequest, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    words = SealedTextField(purpose="story", blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} of request {self.request_id}"


class AccountProof(models.Model):
    """An author whose address nobody verified shows that the account is theirs. Good for a licence alone.

    They give an e-mail address that a code reaches, and send us the `phrase` from the account: one member saw it there,
    another confirmed it. `said` is what they typed, forgotten when the proof ends; the address is on no record before
    it was confirmed. Anybody who has the link may begin one; only one whose code arrived can be open.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(RepostRequest, on_delete=models.PROTECT, related_name="proofs")
    contact_point = models.ForeignKey(ContactPoint, on_delete=models.SET_NULL, null=True, related_name="+")
    code = models.OneToOneField(OneTimeCode, on_delete=models.PROTECT, null=True, related_name="+")
    said = SealedTextField(purpose="story", blank=True)
    address_digest = models.CharField(max_length=64, blank=True)
    phrase = SealedTextField(purpose="story")
    asked_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(ended_at=None, reached_at__isnull=False),
                name="one_open_proof_of_a_request",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("noted_by")),
                name="account_proof_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | (Q(noted_at__isnull=False) & Q(reached_at__isnull=False)),
                name="account_proof_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"account proof {self.pk}"
