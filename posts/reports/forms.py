"""What to look for in the history."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Layout, Row, Submit
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from consent.access.forms import says
from consent.access.models import Practice
from consent.access.searches import FIELD, LONGEST
from consent.records.forms import because

from .queries.history import Filters
from .rules import EVENT_GROUPS


def _day(label: str) -> forms.DateField:
    """A day in a year that every clock and database can name."""
    return forms.DateField(
        required=False,
        label=label,
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class CancelDisposalForm(forms.Form):
    """Why something is not erased after all."""

    why = because("Why is it not erased?")
    helper = says("Cancel the proposal")


class HistoryForm(forms.Form):
    """Who, which post, what kind, and between which days, all optional."""

    q = forms.CharField(required=False, max_length=LONGEST, label="Person")
    post = forms.CharField(required=False, max_length=120, label="Post title")
    group = forms.ChoiceField(
        required=False,
        label="What",
        choices=[("", "Everything"), *((key, title) for key, (title, _) in EVENT_GROUPS.items())],
    )
    since = _day("From")
    until = _day("To")

    def __init__(self, *args: Any, practice: Practice, find_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(practice.time_zone)
        if not find_people:
            del self.fields[FIELD]
        self.helper = FormHelper()
        names = [name for name in (FIELD, "post", "group", "since", "until") if name in self.fields]
        self.helper.layout = Layout(
            Row(*(Column(name, css_class="col-6 col-lg") for name in names)),
            Submit("", "Look", css_class="btn-outline-primary"),
            HTML('<a class="btn btn-link" href="{{ request.path }}">Show all</a>'),
        )

    def filters(self) -> Filters:
        """What was asked for; days begin and end by the practice's clock."""
        asked = self.cleaned_data
        since, until = asked["since"], asked["until"]
        return Filters(
            person=asked.get(FIELD, "").strip(),
            post=asked["post"].strip(),
            group=asked["group"],
            since=datetime.combine(since, time.min, self.zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time.min, self.zone) if until else None,
        )
