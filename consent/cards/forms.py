"""What staff fill in: an event and what its guests are asked, what shows that a guest was seen, whom not to show."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from consent.access.forms import NameField, calendar_day
from consent.access.models import Location, Practice
from consent.signing.actions.preparing import in_a_year
from consent.signing.forms import OFFERED, WitnessForm
from consent.wording.models import Wording

from .actions import Terms
from .actions.wishing import LENGTH
from .rules import SIGHT_DIGITS

if TYPE_CHECKING:
    WordingChoice = forms.ModelChoiceField[Wording]
else:
    WordingChoice = forms.ModelChoiceField
USUAL_DAYS = 180


class WordingField(WordingChoice):
    """A choice of forms by their titles."""

    def label_from_instance(self, wording: Wording) -> str:
        return f"{wording.template.title} ({wording.edition})"


class GatheringForm(forms.Form):
    """An event, and what is offered to each guest. Everything on the card unless staff take it out."""

    name = NameField(label="What it is called", max_length=80, help_text="Guests read it: “Riverbend 5K”.")
    day = calendar_day("Day", "The code works from the day before until the day after.")
    place = NameField(label="Where it is", max_length=80, help_text="“Riverside Park, by the bandstand”.")
    ends_on = calendar_day("The permission ends on", "A guest may choose an earlier day.")
    privacy_notice = NameField(
        label="Privacy notice at the table, version", max_length=40, help_text="As printed on the notice."
    )

    def __init__(
        self, *args: Any, practice: Practice, wordings: Sequence[Wording], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wordings = wordings
        places = Location.objects.filter(practice=practice).order_by("name")
        self.fields["location"] = forms.ModelChoiceField(
            places, label="Which of our locations asks", initial=places.first(), empty_label=None
        )
        self.fields["wording"] = WordingField(
            Wording.objects.filter(pk__in=[one.pk for one in wordings]).select_related("template"),
            label="Which card",
            initial=wordings[0],
            empty_label=None,
        )
        self.fields["day"].initial = today
        self.fields["day"].widget.attrs["min"] = today.isoformat()
        self.fields["ends_on"].initial = min(today + timedelta(days=USUAL_DAYS), in_a_year(today))
        first = wordings[0]
        self.lists = [name for name in OFFERED if name in first.offers]
        for name in self.lists:
            lines = [(row[0], row[1]) for row in first.offers[name]]
            self.fields[name] = forms.MultipleChoiceField(
                label=OFFERED[name],
                choices=lines,
                initial=[key for key, _ in lines],
                required=name != "ends",
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": "Offer at least one line."},
            )

    def terms(self) -> Terms:
        """What is opened, for the action."""
        data = self.cleaned_data
        names = ("name", "day", "place", "location", "wording", "ends_on", "privacy_notice")
        return Terms(**{name: data[name] for name in names}, lists={name: data[name] for name in self.lists})

    @property
    def offered(self) -> list[forms.BoundField]:
        """The lists, for the page to fold away."""
        return [self[name] for name in self.lists]


class SeeForm(WitnessForm):
    """The digits on the guest's phone, how both know who it is, and the second member's own PIN."""

    field_order = ("digits", "identity_method", "able", "witness", "pin")
    digits = forms.CharField(
        label="Digits on the guest’s phone",
        max_length=SIGHT_DIGITS + 4,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "sight-digits"}
        ),
    )
    able = forms.BooleanField(
        label="The guest is awake and calm, an adult, has time to ask, and knows that they may say no"
    )

    def told(self) -> dict[str, Any]:
        """The cleaned form as the action wants it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "able"}


class NoPhotoForm(forms.Form):
    """How to know somebody who would not be photographed."""

    words = NameField(
        label="Somebody who would not be photographed",
        max_length=LENGTH,
        help_text="A name, or what they wear. It is deleted three days after the event.",
    )
