"""What staff fill in before the tablet goes out."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet

from consent.access.forms import NameField
from consent.access.models import Location, Practice, User
from consent.evidence.models import Signature
from consent.media.models import Asset
from consent.people.models import Representation
from consent.people.rules import SignerRule
from consent.wording.models import Wording

from .actions import Offer
from .actions.preparing import in_a_year
from .models import Exhibit
from .offering import is_licence, is_of_health

OFFERED = {
    "elements": "What may be shared",
    "platforms": "Where it may go",
    "formats": "Which kind of post",
    "purposes": "Why",
    "ends": "Events that may end it",
}
SELF = "self"
SEVERAL = "More than one post"


if TYPE_CHECKING:
    ExhibitChoice = forms.ModelChoiceField[Exhibit]
else:
    ExhibitChoice = forms.ModelChoiceField


class ExhibitField(ExhibitChoice):
    """A choice of what the signer may be shown, each by its title and when it stood so."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        self.zone = zone
        super().__init__(*args, **kwargs)

    def label_from_instance(self, exhibit: Exhibit) -> str:
        """“The bell”, as it stood 3 Dec at 9:00 am."""
        at = exhibit.made_at.astimezone(ZoneInfo(self.zone))
        hour = f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"
        return f"Only “{exhibit.title}”, as it stood {at.day} {at:%b} at {hour}"


class PrepareForm(forms.Form):
    """Who signs, where, and what is offered. Everything on the form is offered unless staff take it out."""

    signer = forms.ChoiceField(label="Who signs", widget=forms.RadioSelect)
    location = forms.ModelChoiceField(Location.objects.none(), empty_label=None)
    ends_on = forms.DateField(
        label="Ends on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="At most one year from today. The signer may choose an earlier day.",
    )
    paid = forms.BooleanField(label="Ask about paid ads too", required=False, initial=True)
    exhibit = forms.ModelChoiceField(
        Exhibit.objects.none(),
        label="Which post",
        required=False,
        help_text="The signer sees the post, and says yes to exactly that one.",
    )
    picture = forms.ModelChoiceField(
        Asset.objects.none(),
        label="Which picture",
        required=False,
        empty_label="Something else, named below",
        help_text="They are shown it, and the licence names exactly this one.",
    )
    work = NameField(
        label="What they made",
        max_length=300,
        required=False,
        help_text="Where no picture is chosen: the address of their post, or their handle and a few words.",
    )
    story = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    company = NameField(
        label="A company pays us for this",
        max_length=120,
        required=False,
        help_text="Its name, if so. The form says it.",
    )
    receives = NameField(
        label="What the person gets for it",
        max_length=120,
        required=False,
        help_text="Leave it empty for nothing.",
    )
    interpreter = NameField(
        label="Interpreter",
        max_length=120,
        required=False,
        help_text="Name and number, if one helps. Never a child.",
    )
    privacy_notice = NameField(
        label="Privacy notice given, version", max_length=40, help_text="As printed on the notice."
    )
    capacity_attested = forms.BooleanField(
        label="The signer is awake and calm, not sedated in the last 24 hours, has time to ask, and may say no"
    )

    def __init__(
        self,
        *args: Any,
        practice: Practice,
        wording: Wording,
        exhibits: QuerySet[Exhibit],
        works: QuerySet[Asset],
        signers: list[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lists = [name for name in OFFERED if wording.offers.get(name)]
        self.fields["signer"] = forms.ChoiceField(
            label="Who signs", choices=signers, widget=forms.RadioSelect, initial=signers[0][0]
        )
        locations = Location.objects.filter(practice=practice).order_by("name")
        self.fields["location"] = forms.ModelChoiceField(
            locations, initial=locations.first(), empty_label=None
        )
        last = in_a_year(today)
        self.fields["ends_on"].initial = last
        self.fields["ends_on"].widget.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(),
            "max": last.isoformat(),
        }
        for name in self.lists:
            lines = [(row[0], row[1]) for row in wording.offers[name]]
            self.fields[name] = _offered(OFFERED[name], lines, required=name != "ends")
        self.fields["exhibit"] = ExhibitField(
            exhibits,
            zone=practice.time_zone,
            label="Which post",
            required=False,
            empty_label=SEVERAL,
            help_text="For one post, the signer is shown it and says yes to exactly that one.",
        )
        cast("forms.ModelChoiceField[Asset]", self.fields["picture"]).queryset = works
        licence = is_licence(wording)
        unasked = {"exhibit": not exhibits or not (licence or "only_this_post" in wording.offers)}
        unasked |= {"picture": not licence or not works, "work": not licence, "story": not licence}
        for name in [name for name, is_unasked in unasked.items() if is_unasked]:
            del self.fields[name]
        if "paid" not in wording.offers:
            del self.fields["paid"]
        if "money" not in wording.offers:
            del self.fields["company"], self.fields["receives"]
        if not is_of_health(wording):
            del self.fields["privacy_notice"]
            self.fields["capacity_attested"].label = "They have time to ask, and may say no"

    def offer(self) -> Offer:
        """What is offered, for the action."""
        data = self.cleaned_data
        lists = {name: data[name] for name in self.lists}
        return Offer(
            lists=lists | {"paid": ["paid"] if data.get("paid") else []},
            **{
                name: data.get(name, "")
                for name in ("ends_on", "company", "receives", "interpreter", "privacy_notice")
            },
            exhibit=data.get("exhibit"),
            picture=data.get("picture"),
            work=data.get("work", ""),
            story=data.get("story"),
            capacity_attested=data["capacity_attested"],
        )

    @property
    def offered(self) -> list[forms.BoundField]:
        """The lists, for the page to fold away."""
        return [self[name] for name in self.lists]


class WitnessForm(forms.Form):
    """A colleague says, with their own PIN, how they know who signs."""

    identity_method = forms.ChoiceField(
        label="How do you know who this is?",
        choices=[
            (Signature.Identity.PHOTO_ID, "I looked at a photo ID"),
            (Signature.Identity.KNOWN, "I know them, and they told me two facts from the record"),
        ],
        widget=forms.RadioSelect,
    )
    witness = forms.ModelChoiceField(User.objects.none(), label="Witness", empty_label="Choose your name")
    pin = forms.CharField(
        label="Your own PIN",
        max_length=20,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, witnesses: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [user.pk for user in witnesses]
        self.fields["witness"] = forms.ModelChoiceField(
            User.objects.filter(pk__in=ids).order_by("name"), label="Witness", empty_label="Choose your name"
        )


class VerifyContactForm(WitnessForm):
    """The code that reached the person, and a colleague who says who they are."""

    field_order = ("code", "identity_method", "witness", "pin")
    code = forms.CharField(
        label="The six digits that reached the person",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def told(self) -> dict[str, Any]:
        """The cleaned form as the action wants it."""
        said = dict(self.cleaned_data)
        typed = said.pop("code")
        return said | {"typed": typed}


def signer_choices(person: str, rule: SignerRule) -> list[tuple[str, str]]:
    """Who may sign today, as the page offers it: the person, or a representative by their authority."""
    own = [(SELF, f"{person}, in person")] if rule.self_may_sign else []
    words = dict(Representation.Authority.choices)
    others = rule.representations
    return own + [
        (str(r.id), f"{r.representative}: {words[r.authority].lower()}, {r.description}") for r in others
    ]


def _offered(label: str, lines: list[tuple[str, str]], *, required: bool) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=lines,
        initial=[key for key, _ in lines],
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Offer at least one line."},
    )
