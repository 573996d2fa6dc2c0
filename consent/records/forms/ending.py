"""What is filled in at the desk when somebody changes their mind, or a record is wrong."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from django import forms

from consent.access.forms import says
from consent.people.forms import DayField
from consent.wording.rules import ELEMENTS, PLATFORMS

from ..models import Consent, Invalidation, Revocation
from ..rules import Scope

ALL, PART = "all", "part"
SELF = "self"
HAPPENED = {
    Consent.EndsEvent.END_OF_TREATMENT: "Treatment here ended",
    Consent.EndsEvent.END_OF_EMPLOYMENT: "Employment here ended",
    Consent.EndsEvent.END_OF_CAMPAIGN: "The campaign ended",
}


class Dated(Protocol):
    """A form that knows today."""

    today: date
    cleaned_data: dict[str, Any]
    fields: dict[str, Any]


def come(field: str, form: Dated) -> date:
    """The day in the form's field. Raises ValidationError for one that has not come."""
    day: date = form.cleaned_data[field]
    if day > form.today:
        label = form.fields[field].label
        raise forms.ValidationError(f"{label}: it has not come yet. Record it when it has happened.")
    return day


class RevokeForm(forms.Form):
    """Everything, or only some things or places; and how it reached us in writing."""

    extent = forms.ChoiceField(
        label="What do they take back?",
        choices=[(ALL, "Everything"), (PART, "Only what I tick below")],
        widget=forms.RadioSelect,
    )
    elements = forms.MultipleChoiceField(
        label="These things, everywhere", required=False, widget=forms.CheckboxSelectMultiple
    )
    platforms = forms.MultipleChoiceField(
        label="These places, for everything", required=False, widget=forms.CheckboxSelectMultiple
    )
    asked_by = forms.ChoiceField(label="Who asks for it?", widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label="How did they say it?",
        choices=[
            (Revocation.How.DESK, Revocation.How.DESK.label),
            (Revocation.How.LETTER, Revocation.How.LETTER.label),
        ],
        widget=forms.RadioSelect,
    )
    helper = says("Withdraw it now")

    def __init__(
        self, data: Any = None, *, covered: list[Scope], askers: Sequence[tuple[int, str]], name: str
    ) -> None:
        super().__init__(data)
        asked = self.fields["asked_by"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [(SELF, name), *((str(key), words) for key, words in askers)]
        if not askers:
            del self.fields["asked_by"]
        for name, labels in (("elements", ELEMENTS), ("platforms", PLATFORMS)):
            living = {key for scope in covered for key in getattr(scope, name)}
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [
                (key, label[0].upper() + label[1:]) for key, label in labels.items() if key in living
            ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("extent") == PART and not (said.get("elements") or said.get("platforms")):
            raise forms.ValidationError("Tick what they take back, or choose everything.")
        return said

    def asker(self) -> int | None:
        """The representation in whose name it is asked; None for the person's own word."""
        said = self.cleaned_data.get("asked_by", SELF)
        return None if said == SELF else int(said)

    def part(self) -> Mapping[str, list[str]] | None:
        """The part to take back; None means everything."""
        if self.cleaned_data["extent"] == ALL:
            return None
        return {name: self.cleaned_data[name] for name in ("elements", "platforms")}


class InvalidateForm(forms.Form):
    """Why a record must not be relied on."""

    reason = forms.ChoiceField(choices=Invalidation.Reason.choices, widget=forms.RadioSelect)
    helper = says("Mark it as invalid")


class EndingEventForm(forms.Form):
    """Something on which permissions may end."""

    kind = forms.ChoiceField(label="What happened?", widget=forms.RadioSelect, choices=list(HAPPENED.items()))
    day = DayField(label="On which day")
    helper = says("Record it")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_day(self) -> date:
        """A day that has come."""
        return come("day", self)


class NotaryForm(forms.Form):
    """What a notary witnessed."""

    notarized_on = DayField(label="On which day")
    notary = forms.CharField(max_length=120, label="Notary", help_text="Name and county, as on the seal.")
    helper = says("Record the statement")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_notarized_on(self) -> date:
        """A day that has come."""
        return come("notarized_on", self)
