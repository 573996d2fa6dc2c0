"""Who works where and may do what: practices, locations, users, memberships."""

from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from .rules import PICTURES, PROFESSIONS, ROLES


class Practice(models.Model):
    """A healthcare practice: the wall between one customer's rows and another's.

    `screens_words` has the word screen read every post (R34), `uses_roster` has it know who is on record; `detectors`
    names what else must have run over it: without "pictures" only people look at those (R44). Nobody is asked for a
    permission `cooling_off_days` before or after a visit, nor `months_after_a_no` after saying no thanks.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40)
    privacy_officer = models.CharField(max_length=200)
    privacy_email = models.EmailField()
    address = models.CharField(max_length=300, blank=True)
    hipaa_entity = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=60)
    is_demo = models.BooleanField(default=False)
    detectors = models.JSONField(default=list, blank=True)
    screens_words = models.BooleanField(default=True)
    uses_roster = models.BooleanField(default=True)
    wall_sites = models.JSONField(default=list, blank=True)
    cooling_off_days = models.PositiveSmallIntegerField(default=7)
    months_after_a_no = models.PositiveSmallIntegerField(default=12)

    def __str__(self) -> str:
        return self.name

    @property
    def screens_pictures(self) -> bool:
        """Whether detectors must have looked at every picture before it goes out."""
        return PICTURES in self.detectors


class Location(models.Model):
    """A place of the practice. What is true of it (entity, state, profession, zone) are dated facts."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="locations")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="location_name_once")]

    def __str__(self) -> str:
        return self.name


class LocationFacts(models.Model):
    """What holds at a location from a day on: never edited, a later row takes over.

    `hospital` and `part2` (42 CFR Part 2) bring rules of their own; in a `small_town` of fewer than 20,000 people
    details identify sooner (R35, R77, R82).
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="facts")
    from_date = models.DateField()
    legal_entity = models.CharField(max_length=200)
    state = models.CharField(max_length=2)
    profession = models.CharField(max_length=40)
    hospital = models.BooleanField(default=False)
    part2 = models.BooleanField(default=False)
    small_town = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["location", "from_date"], name="location_facts_once_a_day")
        ]
        ordering = ["from_date"]

    def __str__(self) -> str:
        return f"{self.legal_entity}, {self.state} from {self.from_date}"

    @property
    def profession_title(self) -> str:
        """The profession as pages say it."""
        return PROFESSIONS.get(self.profession, self.profession)

    @property
    def besides(self) -> list[str]:
        """What brings rules of its own, as pages say it."""
        words = {
            "hospital": "a hospital",
            "part2": "substance use (42 CFR Part 2)",
            "small_town": "a small town",
        }
        return [said for name, said in words.items() if getattr(self, name)]


class Recipient(models.Model):
    """A third party that may get a post before or beside its readers: an agency, the press, a stock-photo site (R66).

    Who acts for us signs a business associate agreement first (45 CFR 164.504(e)); its days are kept here.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="recipients")
    name = models.CharField(max_length=120)
    acts_for_us = models.BooleanField()
    agreement_from = models.DateField(null=True, blank=True)
    agreement_until = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "name"], condition=Q(ended_at=None), name="recipient_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a hashed password; without one, the user cannot sign in until it is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A member of staff, known by e-mail. The PIN witnesses and takes the tablet back; it signs nobody in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    pin_hash = models.CharField(max_length=128, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()
    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    def set_pin(self, pin: str) -> None:
        """Keep the PIN's argon2 hash; the caller saves."""
        self.pin_hash = make_password(pin)

    def check_pin(self, pin: str) -> bool:
        """Whether `pin` is this user's own."""
        return bool(self.pin_hash) and check_password(pin, self.pin_hash)


class Membership(models.Model):
    """What a user may do in one practice, from when until when."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    roles = models.JSONField(default=list)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "user"], condition=Q(ended_at=None), name="one_living_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.practice}"

    @property
    def titles(self) -> list[str]:
        """The names of the roles, as pages say them."""
        return [ROLES[role].title for role in self.roles if role in ROLES]

    def can(self, ability: str) -> bool:
        """Whether any of the roles holds `ability`."""
        return any(ability in ROLES[role].abilities for role in self.roles if role in ROLES)
