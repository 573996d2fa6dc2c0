"""What is filled in about training and the policy."""

from datetime import date
from typing import Any

from django import forms

from consent.access.forms import calendar_day, says

from .rules import FIRST_POLICY

LONGEST_YEARS = 10


class TrainingForm(forms.Form):
    """A completed training, and until when it counts."""

    course = forms.CharField(max_length=120, help_text="Its name, and who gave it.")
    completed_on = calendar_day("Completed on")
    counts_until = calendar_day(
        "Counts until", "The last day. A year is usual; never longer than the course says."
    )
    helper = says("Record the training")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"completed_on": today})
        self.today = today

    def clean_completed_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["completed_on"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet. Record the training when it is done.")
        return day

    def clean_counts_until(self) -> date:
        """A day that is no slip of the finger."""
        day: date = self.cleaned_data["counts_until"]
        if day.year > self.today.year + LONGEST_YEARS:
            raise forms.ValidationError("No training counts for that long. Look at the year.")
        return day


class PolicyForm(forms.Form):
    """A version of the policy."""

    version = forms.CharField(max_length=20, help_text="A number or a year, like 2 or 2026-11.")
    text = forms.CharField(
        label="The policy",
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Everybody on the team reads exactly this and signs it.",
    )
    effective_from = calendar_day("In effect from")
    helper = says("Put it into effect")

    def __init__(self, data: Any = None, *, today: date, text: str) -> None:
        super().__init__(data, initial={"effective_from": today, "text": text or FIRST_POLICY})
