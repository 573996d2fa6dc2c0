"""What is filled in when a legal matter keeps something from being erased, and when it is over."""

from collections.abc import Sequence
from typing import Any

from django import forms

from consent.access.forms import says

ALL = "all"


def because(label: str, help_text: str = "") -> forms.CharField:
    """A reason in the writer's words."""
    widget = forms.Textarea({"rows": 2, "autocomplete": "off"})
    error = {"required": "Say why, in a few words."}
    return forms.CharField(
        label=label, max_length=300, help_text=help_text, widget=widget, error_messages=error
    )


class LegalHoldForm(forms.Form):
    """What is kept, and for which matter. `consents` are the person's permissions with their names."""

    what = forms.ChoiceField(label="What does it keep?", widget=forms.RadioSelect)
    why = because("For which matter?", "Who claims or asks what, and the file’s number if there is one.")
    helper = says("Place the legal hold")

    def __init__(self, data: Any = None, *, consents: Sequence[tuple[str, str]], chosen: str = "") -> None:
        known = {key for key, _ in consents}
        super().__init__(data, initial={"what": chosen if chosen in known else ALL})
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(ALL, "Everything of the person"), *consents]


class LiftForm(forms.Form):
    """Why a legal hold ends."""

    why = because("Why is it lifted?", "How the matter ended, and who said so.")
    helper = says("Lift the legal hold")
