"""What is filled in about people. Lengths and meaning are judged by the actions, whose sentences name the field."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from django import forms

from consent.access.forms import remembers, says

from .models import Connection, ContactPoint, Person, Relation, Representation
from .rules import FieldRefused, typed_date

Result = TypeVar("Result")
LANGUAGES = (("en", "English"), ("es", "Spanish"))
SOMEBODY_NEW = "new"


def kept(form: forms.Form, act: Callable[[], Result]) -> Result | None:
    """What `act` gives, or None after the form shows beside which field it was refused."""
    try:
        return act()
    except FieldRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return None


class DayField(forms.CharField):
    """A day as people write it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "3/2/1984, 1984-03-02 or Mar 2 1984")
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.month}/{value.day}/{value.year}" if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        day = typed_date(text)
        if day is None:
            raise forms.ValidationError(
                f"{self.label}: “{text[:40]}” is no day. Write month/day/year, like 3/2/1984."
            )
        return day


def _text(label: str, length: int, help_text: str = "", *, required: bool = True) -> forms.CharField:
    attrs = {"autocomplete": "off", "maxlength": str(length)}
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.TextInput(attrs=attrs)
    )


class NameForm(forms.Form):
    """What somebody is called from now on."""

    given = _text("Given name", 150)
    family = _text("Family name", 150, required=False)
    helper = says("Keep the new name")


class PersonForm(NameForm):
    """Somebody new."""

    born = DayField(label="Birth date", required=False)
    relations = forms.MultipleChoiceField(
        label="What they are here",
        choices=Relation.Kind.choices,
        initial=["patient"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what the person is to the practice."},
    )
    language = forms.ChoiceField(choices=LANGUAGES, help_text="The language they read best.")
    alias = _text(
        "Shown as", 80, "What colleagues see who may not know more. Empty: the given name.", required=False
    )
    email = _text("E-mail", 254, required=False)
    phone = _text("Telephone", 40, required=False)
    identifier = _text("Chart number", 120, "The number in your practice's system.", required=False)
    helper = says("Add this person")

    def told(self) -> dict[str, Any]:
        """The cleaned form as the action wants it."""
        said = dict(self.cleaned_data)
        email, phone, number = said.pop("email"), said.pop("phone"), said.pop("identifier")
        points = [(kind, value) for kind, value in (("email", email), ("phone", phone)) if value]
        return said | {"contact_points": points, "identifiers": [("Chart", number)] if number else []}


class DetailsForm(forms.Form):
    """What may change about somebody, the name apart."""

    born = DayField(label="Birth date", required=False)
    language = forms.ChoiceField(choices=LANGUAGES, help_text="The language they read best.")
    alias = _text("Shown as", 80, "What colleagues see who may not know more.")
    emancipated = forms.BooleanField(
        required=False,
        label="Emancipated: under 18 and decides like an adult",
        help_text="You saw the court's paper.",
    )
    own_consent_service = forms.BooleanField(
        required=False,
        label="Decides alone about the care here",
        help_text="Under 18, and the law lets them consent to this care without a parent. A parent may not sign.",
    )
    helper = says("Save the details")

    def __init__(self, data: Any = None, *, person: Person) -> None:
        names = ("language", "alias", "emancipated", "own_consent_service")
        now = {name: getattr(person, name) for name in names}
        super().__init__(data, initial=now | {"born": person.date_of_birth})
        remembers(self)

    def changes(self) -> dict[str, Any]:
        """What was changed on the page, as the action wants it."""
        columns = {"born": "date_of_birth"}
        return {columns.get(name, name): self.cleaned_data[name] for name in self.changed_data}


class DeathForm(forms.Form):
    """When somebody died."""

    died_on = DayField(label="Day of death", help_text="11/20/2026 or Nov 20 2026")
    helper = says("Record the death")


class IdentifierForm(forms.Form):
    """A number in another system."""

    system = _text("System", 60, "Chart, insurance portal, …")
    identifier = _text("Number", 120)
    helper = says("Keep this number")


class ContactPointForm(forms.Form):
    """An address or a telephone number."""

    kind = forms.ChoiceField(choices=ContactPoint.Kind.choices, widget=forms.RadioSelect, initial="phone")
    value = _text("Address or number", 254)
    helper = says("Keep it")


class RepresentationForm(forms.Form):
    """Who may sign for somebody: one who is here already, or somebody new."""

    who = forms.ChoiceField(label="Who is it?", widget=forms.RadioSelect)
    given = _text("Given name of somebody new", 150, required=False)
    family = _text("Family name of somebody new", 150, required=False)
    authority = forms.ChoiceField(
        label="Right to sign", choices=Representation.Authority.choices, widget=forms.RadioSelect
    )
    description = _text(
        "Explain the right to sign", 300, "Mother, has custody; or: named in the court order of …"
    )
    evidence_seen = _text(
        "Paper we looked at",
        200,
        "Birth certificate, court order, … Leave it empty if you have not seen one yet.",
        required=False,
    )
    helper = says("Record who may sign")

    def __init__(self, data: Any = None, *, found: Iterable[tuple[int, str]]) -> None:
        super().__init__(data, initial={"who": SOMEBODY_NEW})
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [*found, (SOMEBODY_NEW, "Somebody new")]


class EvidenceForm(forms.Form):
    """What proved the right to sign."""

    evidence_seen = _text("Paper we looked at", 200, "Birth certificate, court order, power of attorney, …")
    helper = says("I have seen it")


class ConnectionForm(forms.Form):
    """What ties somebody to the practice beyond care."""

    kind = forms.ChoiceField(label="What is it?", choices=Connection.Kind.choices, widget=forms.RadioSelect)
    detail = _text("In a few words", 200, "A voucher for the summer campaign; sister of …", required=False)
    since = DayField(label="Since")
    helper = says("Record the tie")
