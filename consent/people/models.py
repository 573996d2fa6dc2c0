"""People as they are: names that change, several relations at once, representatives, reversible merges."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Location, Practice, User
from consent.keys.fields import SealedTextField


class Person(models.Model):
    """Someone a post might show, mention or quote. `alias` is what those see who may not know more (R54).

    `user` is the member of staff who this is: they sign their own release, and never prepare or witness it.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="people")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    alias = models.CharField(max_length=80)
    date_of_birth = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")
    emancipated = models.BooleanField(default=False)
    own_consent_service = models.BooleanField(default=False)
    deceased_on = models.DateField(null=True, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "user"], name="one_record_of_a_member"),
        ]
        indexes = [models.Index(fields=["practice", "date_of_birth"], name="person_by_birth")]

    def __str__(self) -> str:
        return self.alias


class PersonName(models.Model):
    """A name and since when. Former names still find the person."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    given = models.CharField(max_length=150)
    family = models.CharField(max_length=150, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="one_current_name_of_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class NameWord(models.Model):
    """One word of a name, folded (lower case, no accents), for finding by the beginning of any word.

    `in_alias` says that the alias has it too: only such words find a person for those who may see the alias alone.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=150)
    in_alias = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "word"], name="name_word_once")]
        indexes = [
            models.Index(
                fields=["practice", "word"],
                name="name_word_prefix",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.word


class Roster(models.Model):
    """With which key of the ring the practice's people are entered in its roster, and how far a new building got.

    Without `key_id` it was never built: then nobody can tell whose name a text holds. While `next_key_id` is there it
    is being built with that one, from the lowest person on; `upto` is the last one done.
    """

    practice = models.OneToOneField(
        Practice, on_delete=models.PROTECT, primary_key=True, related_name="roster"
    )
    key_id = models.CharField(max_length=40, blank=True)
    next_key_id = models.CharField(max_length=40, blank=True)
    upto = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"roster of {self.practice_id}"


class RosterKey(models.Model):
    """A keyed hash under which a text finds the person: of a part of a name, a telephone or another number.

    The practice is hashed along, so that the same name is another number elsewhere.
    """

    pk = models.CompositePrimaryKey("key", "person_id")
    key = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roster_keys")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, db_index=False, related_name="+")

    def __str__(self) -> str:
        return str(self.key)


class Relation(models.Model):
    """What a person is to the practice, from when until when. Several at once are usual."""

    class Kind(models.TextChoices):
        PATIENT = "patient", "Patient"
        STAFF = "staff", "Staff"
        VISITOR = "visitor", "Visitor"
        AUTHOR = "author", "Author"
        REPRESENTATIVE = "representative", "Personal representative"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=Kind)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.kind


class Identifier(models.Model):
    """The person's number in another system; imports key on it and never overwrite silently."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=60)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "system", "value"], name="identifier_once_in_a_system"
            )
        ]
        indexes = [models.Index(fields=["practice", "value"], name="identifier_value")]

    def __str__(self) -> str:
        return f"{self.system} {self.value}"


class ContactPoint(models.Model):
    """An e-mail address or a telephone number, sealed; `digest` finds it again.

    `verified_at` is when the person came back with what was sent there. With a witness they stood at the counter,
    identified by two members, and typed a code sent to it.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail"
        PHONE = "phone", "Telephone"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind)
    value = SealedTextField(purpose="contact")
    digest = models.CharField(max_length=64, db_index=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verified_witness = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verified_how = models.CharField(max_length=20, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "digest"], name="contact_point_once_a_person"),
            models.CheckConstraint(
                condition=Q(verified_witness=None) | ~Q(verified_witness=F("verified_by")),
                name="contact_point_witness_is_another",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Representation(models.Model):
    """Who may sign for whom, by what authority, seen and verified by whom (45 CFR 164.502(g); R7, R26)."""

    class Authority(models.TextChoices):
        PARENT = "parent", "Parent with legal right to decide"
        GUARDIAN = "guardian", "Court-named guardian"
        HEALTH_CARE_AGENT = "health_care_agent", "Health care agent"
        EXECUTOR = "executor", "Executor or manager of the estate"
        OTHER = "other", "Other"
        # By themselves these give no right to decide; recorded as found, they never suffice (R22, R26).
        STEP_PARENT = "step_parent", "Step-parent"
        SPOUSE = "spouse", "Husband or wife"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representations")
    representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represents")
    authority = models.CharField(max_length=20, choices=Authority)
    description = models.CharField(max_length=300)
    evidence_seen = models.CharField(max_length=200, blank=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    excluded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("representative")), name="nobody_represents_themselves"
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | (Q(verified_by__isnull=False) & ~Q(evidence_seen="")),
                name="verified_authority_names_its_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative} for {self.person}"


class Connection(models.Model):
    """What ties a person to the practice beyond care: something given, a job, a family (R87, R88, R91)."""

    class Kind(models.TextChoices):
        CASH = "cash", "Money or a gift card"
        GIFT = "gift", "A gift"
        FREE_CARE = "free_care", "Free or cheaper care"
        EMPLOYEE = "employee", "Works or worked here"
        RELATIVE = "relative", "Family of someone who works here"
        OTHER = "other", "Something else"

    COMPENSATION = (Kind.CASH, Kind.GIFT, Kind.FREE_CARE)

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="connections")
    kind = models.CharField(max_length=12, choices=Kind)
    detail = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class Merge(models.Model):
    """Two records are one human being. Nothing is rewritten; undoing it sets `undone_at`.

    Holds and withdrawals of either bind both at once. What one permits counts for the other only when a second member
    has confirmed that they are the same person.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_from")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(undone_at=None), name="merged_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("merged_by"))),
                name="merge_is_confirmed_by_another",
            ),
            models.CheckConstraint(condition=~Q(person=F("into")), name="nobody_merges_into_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} into {self.into_id}"
