"""Templates, their wordings and drafts. A wording that has been offered is frozen: a trigger keeps its text."""

from typing import Any

from django.db import models

from consent.access.models import Practice, User

from .rules import KINDS, FormContent, edition, form_from

# What is written by hand in a form; the rest says which form it is.
TEXT = ("title", "intent", "sections", "offers", "phrases")


class Template(models.Model):
    """A kind of form that a practice uses."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="templates")
    kind = models.CharField(max_length=30, choices=KINDS)
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Wording(models.Model):
    """One version of a template in one language.

    `sections` is a list of ``{"key", "heading", "anchors", "paragraphs", "asks": "elements" | … | null, "after"}``;
    `anchors` the element and statement keys that the text holds; `offers` the lines that may be marked, by list,
    each ``[key, label]`` or ``[key, label, detail]``; `phrases` the few words that filling it in needs. A foreign one
    is the text of an older form that somebody else printed: recorded as it was, never offered.

    `change` says what the version changed for those who signed an earlier one: something that matters, so that chosen
    people are asked again, or a mere slip of the pen. A translation names its master, translator and reviewer (R95).
    `override_reason` is why, and `override_by` by whom, hard reading was accepted (R11).
    """

    class Change(models.TextChoices):
        MATERIAL = "material", "Something that matters to who signed before"
        TYPO = "typo", "Only a slip of the pen"

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="wordings")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    sections = models.JSONField()
    anchors = models.JSONField(default=list)
    offers = models.JSONField(default=dict)
    phrases = models.JSONField(default=dict)
    intent = models.CharField(max_length=400)
    effective_from = models.DateTimeField()
    translation_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    translated_by = models.CharField(max_length=120, blank=True)
    translation_reviewed_by = models.CharField(max_length=120, blank=True)
    translation_reviewed_on = models.DateField(null=True, blank=True)
    change = models.CharField(max_length=10, choices=Change, blank=True)
    override_reason = models.CharField(max_length=300, blank=True)
    override_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_sample = models.BooleanField(default=False)
    frozen_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_foreign = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "version", "language"], name="wording_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version} ({self.language})"

    @property
    def edition(self) -> str:
        """Language and version, as people say them."""
        return edition(self.language, self.version)

    def form(self) -> FormContent:
        """The form that this row holds, for showing and filling in."""
        names = ("version", "language", *TEXT)
        return form_from({"kind": self.template.kind} | {name: getattr(self, name) for name in names})


class Draft(models.Model):
    """A version being written: of which kind and language, from which wording, translating which master.

    Its text is that of its last save; it ends as a wording, or is discarded.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=KINDS)
    language = models.CharField(max_length=10)
    master = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")
    begun_from = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")
    from_sample = models.BooleanField(default=False)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)
    became = models.OneToOneField(Wording, on_delete=models.PROTECT, null=True, related_name="draft")

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.discarded_at is None and self.became_id is None


class DraftSave(models.Model):
    """The whole text of a draft as it was saved once. Every save is kept, so that going back is always possible."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="saves")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_save_once")]

    def __str__(self) -> str:
        return f"save {self.number} of {self.draft_id}"

    def data(self) -> dict[str, Any]:
        """The form's data as a sample file has it; the version is decided when it is put into use."""
        about = {"kind": self.draft.kind, "language": self.draft.language, "version": "draft"}
        return about | {name: self.content[name] for name in TEXT}

    def form(self) -> FormContent:
        """The form that this save holds."""
        return form_from(self.data())
