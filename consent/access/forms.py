"""What owners and members fill in."""

from datetime import date
from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from .actions import Facts, PracticeDetails
from .models import Practice, Recipient
from .rules import (
    PROFESSIONS,
    ROLES,
    STATES,
    NotAnOrigin,
    UnknownTimeZone,
    WeakPin,
    checked_origin,
    checked_pin,
    checked_zone,
    on_one_line,
)

# What each role is for, in the words of the page where an owner ticks it.
ROLE_HELP = {
    "front_desk": "finds people, collects signatures, notes “please stop”",
    "marketer": "adds pictures, writes posts, sends them for review",
    "compliance": "reviews and approves posts, looks after the record",
    "owner": "sets up the practice, its team and its channels",
    "privacy": "sees the most private notes, puts consents on hold",
    "auditor": "reads everything and changes nothing",
}


def says(button: str) -> FormHelper:
    """A form that posts to its own page, with one button that says what happens."""
    helper = FormHelper()
    helper.add_input(Submit("", button, css_class="btn btn-primary"))
    return helper


def remembers(form: forms.Form) -> None:
    """Send along with each field what the page showed in it; `changed_data` then names what its user changed.

    Whoever writes only that cannot undo, from a tab opened earlier, what a colleague did meanwhile.
    """
    for field in form.fields.values():
        field.show_hidden_initial = True


def calendar_day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """A day that is chosen from the browser's calendar."""
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


class TimeZoneField(forms.CharField):
    """The name of a time zone, with the usual ones to choose from."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"})
        help_text = "Start typing a city: America/New_York, America/Chicago, America/Los_Angeles …"
        super().__init__(max_length=60, label="Time zone", widget=widget, help_text=help_text, **options)

    def clean(self, value: str) -> str:
        try:
            return checked_zone(super().clean(value))
        except UnknownTimeZone as error:
            raise forms.ValidationError(str(error)) from error


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth ships no types
    """E-mail address and password, in the words of this house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["login"].widget.attrs.pop("placeholder", None)


class NameField(forms.CharField):
    """A name as it is seen: marks that hide in a text or turn it around are dropped."""

    def to_python(self, value: Any) -> str:
        return on_one_line(super().to_python(value) or "")


class PracticeForm(forms.Form):
    """What the practice says of itself."""

    name = NameField(max_length=200)
    phone = forms.CharField(
        max_length=40, help_text="Shown to patients, and in replies that move a talk offline."
    )
    address = forms.CharField(max_length=300, required=False)
    privacy_officer = NameField(max_length=200, label="Privacy officer")
    privacy_email = forms.EmailField(label="Privacy officer's e-mail")
    time_zone = TimeZoneField()
    hipaa_entity = forms.BooleanField(required=False, label="HIPAA applies (a covered entity)")
    wall_sites = forms.CharField(
        label="Websites that may show your wall",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One address a line, like https://www.example.org. No other site can embed the wall.",
    )
    cooling_off_days = forms.IntegerField(
        label="Days before and after a visit without asking",
        min_value=0,
        max_value=90,
        help_text="Nobody is asked for a permission so close to a procedure or visit that you record.",
    )
    months_after_a_no = forms.IntegerField(
        label="Months before asking again after “no thanks”, unless the person asks",
        min_value=1,
        max_value=120,
    )
    screens_words = forms.BooleanField(
        required=False,
        label="The word screen reads every post before it goes out",
        help_text="It runs here and sends nothing away. Without it only people look for what identifies someone.",
    )
    uses_roster = forms.BooleanField(
        required=False,
        label="The word screen knows the people on record",
        help_text="Names, telephone and record numbers stop a post. Works only while the word screen reads.",
    )
    screens_pictures = forms.BooleanField(
        required=False,
        label="Detectors look at every picture before it goes out",
        help_text="They have to be installed. What they could not look at stays here; without them a person looks.",
    )
    helper = says("Save the practice")

    def __init__(self, data: Any = None, *, practice: Practice) -> None:
        now = {name: getattr(practice, name) for name in self.base_fields}
        super().__init__(data, initial=now | {"wall_sites": "\n".join(practice.wall_sites)})
        self.now = now | {"wall_sites": tuple(practice.wall_sites)}
        remembers(self)

    def clean_wall_sites(self) -> tuple[str, ...]:
        """The origins, or a sentence about the line that is none."""
        try:
            return tuple(checked_origin(line) for line in self.cleaned_data["wall_sites"].split())
        except NotAnOrigin as error:
            raise forms.ValidationError(str(error)) from error

    def details(self) -> PracticeDetails:
        """The practice as it is now, with what was changed on the page."""
        return PracticeDetails(**self.now | {name: self.cleaned_data[name] for name in self.changed_data})


class FactsForm(forms.Form):
    """What holds at a location from a day on."""

    from_date = calendar_day("From")
    legal_entity = NameField(
        max_length=200,
        label="Legal entity",
        help_text="The name that stands on consent forms as the one who may share.",
    )
    state = forms.ChoiceField(choices=[("", "Choose …"), *((state, state) for state in STATES)])
    profession = forms.ChoiceField(choices=[("", "Choose …"), *PROFESSIONS.items()])
    time_zone = TimeZoneField()
    hospital = forms.BooleanField(required=False, label="It is a hospital")
    part2 = forms.BooleanField(
        required=False, label="It treats substance use as a program under 42 CFR Part 2"
    )
    small_town = forms.BooleanField(
        required=False,
        label="Fewer than 20,000 people live there",
        help_text="In a small place a job or an event tells who it is.",
    )
    helper = says("Record from that day")

    def facts(self) -> Facts:
        """The cleaned form as the action wants it."""
        return Facts(**{name: self.cleaned_data[name] for name in FactsForm.base_fields})


class LocationForm(FactsForm):
    """A new place and its first facts."""

    name = NameField(max_length=200, label="Name of the location")
    field_order = ["name", "from_date", "legal_entity", "state", "profession", "time_zone"]
    helper = says("Add the location")


class AgreementForm(forms.Form):
    """Whether a third party acts for us, and its business associate agreement."""

    acts_for_us = forms.BooleanField(
        required=False,
        label="It acts for us and sees what is not published yet",
        help_text="An agency, a photographer, a translator. Not the press, and not a network.",
    )
    agreement_from = calendar_day(
        "Agreement from", "The day it was signed. Empty: there is none.", required=False
    )
    agreement_until = calendar_day("Agreement until", "Empty: until somebody ends it.", required=False)
    helper = says("Save the agreement")

    def __init__(self, data: Any = None, *, recipient: Recipient | None = None) -> None:
        names = ("acts_for_us", "agreement_from", "agreement_until")
        self.now = {name: getattr(recipient, name) for name in names} if recipient else {}
        super().__init__(data, initial=self.now)
        if recipient:
            remembers(self)

    def agreement(self) -> dict[str, Any]:
        """The agreement as it is now, with what was changed on the page."""
        return self.now | {name: self.cleaned_data[name] for name in self.changed_data}


class RecipientForm(AgreementForm):
    """A new third party."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    field_order = ["name"]
    helper = says("Add the third party")


class EndRecipientForm(forms.Form):
    """Since when a third party no longer works with us."""

    since = calendar_day("It no longer works with us since")
    helper = says("Take it off the list")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"since": today})
        self.today = today

    def clean_since(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["since"]
        if day > self.today:
            raise forms.ValidationError(
                "That day has not come yet. An agreement can end later: change it instead."
            )
        return day


class JobsForm(forms.Form):
    """What somebody is to do here."""

    roles = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[(key, f"{role.title}: {ROLE_HELP[key]}") for key, role in ROLES.items()],
        error_messages={"required": "Choose at least one role."},
    )


class RolesForm(JobsForm):
    """The jobs of a member; `seen` are those that the page showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    helper = says("Save the roles")


class MemberForm(JobsForm):
    """Someone who is to work here."""

    name = NameField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ["name", "email", "roles"]
    helper = says("Add to the team")

    def clean_email(self) -> str:
        """In lower case, as it is stored."""
        return str(self.cleaned_data["email"]).lower()


def pin_field(label: str, help_text: str = "") -> forms.CharField:
    """Some digits that nobody reads over a shoulder."""
    widget = forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=8, help_text=help_text, widget=widget)


class PinForm(forms.Form):
    """A new PIN, typed twice."""

    pin = pin_field(
        "New PIN", "4 to 8 digits. You use it to witness a signature and to take the tablet back."
    )
    again = pin_field("The same PIN again")
    helper = says("Change my PIN")

    def clean_pin(self) -> str:
        """A PIN that is not guessed at once."""
        try:
            return checked_pin(self.cleaned_data["pin"])
        except WeakPin as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "pin" in cleaned and cleaned.get("again") != cleaned["pin"]:
            self.add_error("again", "The two PINs differ. Type the same one twice.")
        return cleaned
