"""Move a delivery, say what became of it, pause, and record what was out before."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from consent.access.models import Practice
from consent.people.models import Person
from posts.channels.models import ChannelAccount

from .rules import NotATime, instant_at

LONGEST_NUMBER = 15
WHERE = "The address of the post, as your browser shows it"


class RescheduleForm(forms.Form):
    """Another time, by the practice's clock."""

    due_at = forms.CharField(
        label="New time",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "form-control"}),
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = practice.time_zone

    def clean_due_at(self) -> datetime:
        """What was typed is read by the practice's clock, not by the server's."""
        try:
            return instant_at(self.cleaned_data["due_at"], self.zone)
        except NotATime as error:
            raise forms.ValidationError(str(error)) from error


class AddressForm(forms.Form):
    """Where it can be seen."""

    address = forms.URLField(label=WHERE, max_length=500, assume_scheme="https")


class ProofForm(forms.Form):
    """What a person saw after taking something down."""

    proof = forms.CharField(
        label="What do you see at the address now?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: “The page says that the post is not available.”",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.add_input(Submit("finish", "It is gone"))


class PauseForm(forms.Form):
    """Why everything stops."""

    why = forms.CharField(max_length=300, label="Why?", help_text="Everyone here reads this.")


class RowNumbers(forms.SelectMultiple):
    """Several rows by their numbers; what is no number of any row is passed over."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[int]:
        """The numbers that were sent."""
        return row_numbers(super().value_from_datadict(data, files, name) or ())


def row_numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among them that a row could have."""
    return [
        int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    ]


class FoundForm(forms.Form):
    """Something of ours that was out before Postern."""

    account = forms.ModelChoiceField(
        queryset=ChannelAccount.objects.none(), label="On which channel", empty_label=None
    )
    address = forms.URLField(label=WHERE, max_length=500, assume_scheme="https")
    seen_on = forms.DateField(label="Out since, or seen on", widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(
        label="What it shows", max_length=300, required=False, help_text="No names here: say who below."
    )
    people = forms.ModelMultipleChoiceField(queryset=Person.objects.none(), required=False, widget=RowNumbers)
    people_unknown = forms.BooleanField(label="Somebody is in it, and we do not know who", required=False)

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account, people = self.fields["account"], self.fields["people"]
        assert isinstance(account, forms.ModelChoiceField)
        assert isinstance(people, forms.ModelMultipleChoiceField)
        account.queryset = ChannelAccount.objects.filter(practice=practice).order_by("platform", "handle")
        people.queryset = Person.objects.filter(practice=practice)
        self.helper = FormHelper()
        self.helper.form_tag = False
