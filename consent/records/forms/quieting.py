"""What is filled in when somebody is not to be asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from consent.access.forms import calendar_day, says

SELF = "self"


class QuietForm(forms.Form):
    """A visit around which nobody asks, or the day before which nobody does."""

    visit_on = calendar_day(
        "Their procedure or visit is on", "Nobody asks shortly before and after it.", required=False
    )
    until = calendar_day(
        "Or: do not ask until", "Because they wish so, or for any other reason.", required=False
    )
    helper = says("Note it")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """One of the two days, and a day to come for the second."""
        said = super().clean() or {}
        visit, until = said.get("visit_on"), said.get("until")
        if not self.errors and (visit is None) == (until is None):
            raise forms.ValidationError("Fill in one of the two days.")
        if until is not None and until <= self.today:
            self.add_error("until", "Choose a day that is still to come.")
        return said


class RefusalForm(forms.Form):
    """Who said no thanks."""

    who = forms.ChoiceField(label="Who said it?", widget=forms.RadioSelect)
    helper = says("Remember it")

    def __init__(self, data: Any = None, *, who: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"who": who[0][0]})
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(who)
