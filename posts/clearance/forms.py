"""What a reviewer sends: what they saw and attest, a comment, what they found; and what switches a state's rule."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from consent.access.forms import says
from consent.media.models import Asset
from posts.content.models import Version

from .models import Finding
from .rules import FINDING_KINDS


class DecideForm(forms.Form):
    """A reviewer's decision. `seen_digest` binds it to the page they looked at (R43)."""

    seen_digest = forms.CharField(max_length=64)
    attested = forms.BooleanField(
        required=False,
        label="I looked at the words and the pictures: nobody else is named, shown or described.",
    )
    comment = forms.CharField(required=False, max_length=1000, error_messages={
        "max_length": "The comment is too long: at most 1,000 characters.",
    })  # fmt: skip


class FindingForm(forms.Form):
    """Something here identifies a person: what, where, and a note for those who clear it."""

    kind = forms.ChoiceField(
        choices=[("", "Choose…"), *FINDING_KINDS.items()],
        error_messages={"required": "Say what it is.", "invalid_choice": "Say what it is."},
    )
    together = forms.BooleanField(required=False)
    note = forms.CharField(required=False, max_length=500, error_messages={
        "max_length": "The note is too long: at most 500 characters.",
    })  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, versions: Sequence[Version]) -> None:
        super().__init__(data)
        self.places = dict(_places(versions))
        self.fields["place"] = forms.ChoiceField(
            choices=[(key, words) for key, (words, _, _) in self.places.items()],
            error_messages={"required": "Say where it is.", "invalid_choice": "Say where it is."},
        )

    def finding(self) -> dict[str, Any]:
        """As `record_finding` takes it."""
        said = self.cleaned_data
        _, version, asset = self.places[said["place"]]
        code = Finding.Code.TOGETHER if said["together"] else Finding.Code.IDENTIFIES
        if said["kind"] == "RELATIONSHIP":
            code = Finding.Code.RELATIONSHIP
        return {
            "version": version,
            "asset": asset,
            "code": code,
            "kind": said["kind"],
            "note": said["note"],
        }


def _places(versions: Sequence[Version]) -> Iterator[tuple[str, tuple[str, Version, Asset | None]]]:
    """Where something can be found: in the words of a version, or in one of its pictures."""
    for version in versions:
        yield f"{version.pk}", (f"the words for {version.account.handle}", version, None)
        for media in version.media.all():
            label = f"picture {media.position} for {version.account.handle}"
            yield f"{version.pk}:{media.pk}", (label, version, media.rendition.asset)


class SwitchForm(forms.Form):
    """On whose advice a state's rule is turned off or on, and why; `seen` is the latest switch on the page."""

    counsel = forms.CharField(
        max_length=120, label="Counsel who advised it", help_text="Name and firm; kept with the switch."
    )
    why = forms.CharField(max_length=500, label="Why", widget=forms.Textarea(attrs={"rows": 3}))
    is_on = forms.BooleanField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, to: bool, seen: int) -> None:
        super().__init__(data, initial={"is_on": to, "seen": seen})
        self.helper = says("Turn it on on counsel's advice" if to else "Turn it off on counsel's advice")
