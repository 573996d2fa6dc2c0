"""Templates and their wordings. A wording that has been offered is frozen: a trigger keeps its text."""

from django.db import models

from consent.access.models import Practice

from .rules import KINDS, FormContent, edition, form_from


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
    """

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
    translation_reviewed_by = models.CharField(max_length=120, blank=True)
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
        names = ("version", "language", "title", "intent", "sections", "offers", "phrases")
        return form_from({"kind": self.template.kind} | {name: getattr(self, name) for name in names})
