"""What is filled in about training and the policy."""

from datetime import date
from typing import Any

from django import forms

from consent.access.forms import calendar_day, says
from consent.people.forms import SOMEBODY_NEW, DayField

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


class JoinForm(forms.Form):
    """Which record is a member's own: one that is here, or a new one."""

    record = forms.ChoiceField(label="Which record is theirs?", widget=forms.RadioSelect)
    given = forms.CharField(label="Given name", max_length=150, required=False)
    family = forms.CharField(label="Family name", max_length=150, required=False)
    born = DayField(
        label="Birth date", required=False, help_text="3/2/1984. It tells who signs: the member, or a parent."
    )
    helper = says("This is their record")

    def __init__(self, data: Any = None, *, name: str, found: list[tuple[int, str]]) -> None:
        given, _, family = name.partition(" ")
        alike = [pk for pk, called in found if called.casefold().split()[:1] == given.casefold().split()]
        first = str(alike[0]) if len(alike) == 1 else SOMEBODY_NEW
        super().__init__(data, initial={"record": first, "given": given, "family": family})
        record = self.fields["record"]
        assert isinstance(record, forms.ChoiceField)
        record.choices = [*((str(pk), called) for pk, called in found), (SOMEBODY_NEW, "A new record")]

    @property
    def is_new(self) -> bool:
        """Whether nobody here is the member yet."""
        return bool(self.cleaned_data["record"] == SOMEBODY_NEW)

    def clean(self) -> dict[str, Any]:
        """A new record needs a name and a birth date."""
        said = super().clean() or {}
        if said.get("record") == SOMEBODY_NEW:
            for name, words in (("given", "Write the given name."), ("born", "Write the birth date.")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return said
