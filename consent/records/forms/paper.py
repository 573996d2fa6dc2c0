"""A form on paper, keyed in as it lies on the table. Nothing is refused for being incomplete (R74)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from consent.access.forms import calendar_day, says
from consent.access.models import Location, Practice
from consent.people.forms import LANGUAGES
from consent.people.models import Representation
from consent.wording.rules import ANCHORS, EDITS, ELEMENTS, FORMATS, OF_POLICY, PLATFORMS, PURPOSES

from ..models import Consent
from ..rules import ANY, Scope

SELF, SOMEBODY_NEW = "self", "new"
MAX_SCAN_MB = 20
DEFECT_WORDS = {
    "compound": "It was signed together with another document, or is part of one",
    "conditioned": "Care, payment or something else was made to depend on it",
    "capacity_in_doubt": "It is in doubt whether they could decide when they signed",
    "translation_stale": "The translation did not match the form then in use",
    "not_signed": "Nobody signed it",
    "not_dated": "The signature has no date",
    "misdated": "The date beside the signature cannot be right",
    "not_filled_out": "It is not filled out: one of its lists has no mark",
    "pages_missing": "A page of it is missing",
    "another_name": "The name on it is not the signer's",
    "assent_refused": "The child said no",
}
ENDS = [
    ("", "On no event"),
    (Consent.EndsEvent.END_OF_TREATMENT, "When treatment here ends"),
    (Consent.EndsEvent.END_OF_EMPLOYMENT, "When employment here ends"),
    (Consent.EndsEvent.END_OF_CAMPAIGN, "When the campaign ends"),
    ("other", "On something else, that nobody here would notice"),
    ("none", "It says that it never ends"),
]


def _ticks(label: str, choices: Mapping[str, str], help_text: str = "") -> forms.MultipleChoiceField:
    told = [(key, words[0].upper() + words[1:]) for key, words in choices.items()]
    return forms.MultipleChoiceField(
        label=label, choices=told, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


def _yes(label: str, help_text: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=help_text)


class PaperForm(forms.Form):
    """What stands on the paper, and what is wrong with it."""

    scan = forms.FileField(
        label="The scan, as one PDF",
        help_text="Every page, both sides if something stands there.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    kind = forms.ChoiceField(label="What is it?", choices=Consent.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(max_length=200, label="What the form is called", help_text="Its heading.")
    language = forms.ChoiceField(label="Language of the form", choices=LANGUAGES)
    location = forms.ModelChoiceField(
        queryset=Location.objects.none(), label="For which location", empty_label=None
    )

    signer = forms.ChoiceField(label="Who signed it?", widget=forms.RadioSelect)
    given = forms.CharField(max_length=150, required=False, label="Given name of somebody else")
    family = forms.CharField(max_length=150, required=False, label="Family name of somebody else")
    authority = forms.ChoiceField(
        label="By what right", required=False, choices=[("", "Choose …"), *Representation.Authority.choices]
    )
    description = forms.CharField(
        max_length=300,
        required=False,
        label="The right as the paper describes it",
        help_text="Leave it empty if the paper does not say.",
    )
    signer_language = forms.ChoiceField(label="Language the signer reads", choices=LANGUAGES)
    interpreter = forms.CharField(
        max_length=120, required=False, label="Interpreter", help_text="As named on the paper."
    )
    signed_on = calendar_day("Signed on")
    ends_on = calendar_day("Ends on", "Empty: it names no day.", required=False)
    ends_event = forms.ChoiceField(label="Ends on an event", required=False, choices=ENDS)

    elements = _ticks("What may be shown or said", ELEMENTS)
    platforms = _ticks("Where", PLATFORMS)
    formats = _ticks("In which form", FORMATS)
    purposes = _ticks("What for", PURPOSES)
    edits = _ticks("Cut, or only linked to", EDITS, "Only for a licence: what may be done to what they made.")
    paid = _yes("It allows paid ads")
    series = _yes("It allows several posts, not only one")
    any_asset = _yes(
        "It allows any picture of them", "Unticked: only certain pictures, so no other may be used."
    )
    any_post = _yes("It allows any post about them", "Unticked: one certain post, so no other may be made.")

    statements = _ticks(
        "What the paper says",
        {key: f"{one.words} ({one.citation})" for key, one in ANCHORS.items() if key not in OF_POLICY},
        "Tick only what really stands there.",
    )
    defects = _ticks("What is wrong with it", DEFECT_WORDS, "Tick nothing if nothing is.")
    capacity_attested = _yes(
        "They were able to decide when they signed",
        "Awake, not sedated, free to say no; you were there or asked.",
    )
    print_points = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=99,
        label="Smallest type, in points",
        help_text="Empty: not measured.",
    )
    stands_alone = _yes("It is a form of its own, with a signature for nothing else")
    longer_on_request = _yes("The signer asked for more than a year")
    helper = says("Record it as it is")

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        practice: Practice,
        signers: Iterable[tuple[str, str]],
        language: str,
        today: date,
    ) -> None:
        super().__init__(data, files, initial={"signer": SELF, "language": "en", "signer_language": language})
        self.today = today
        where, who = self.fields["location"], self.fields["signer"]
        assert isinstance(where, forms.ModelChoiceField)
        assert isinstance(who, forms.ChoiceField)
        where.queryset = Location.objects.filter(practice=practice).order_by("name")
        who.choices = [*signers, (SOMEBODY_NEW, "Somebody else, not recorded yet")]

    def clean_scan(self) -> bytes:
        """The bytes of a PDF of bearable size."""
        scan: UploadedFile[Any] = self.cleaned_data["scan"]
        if scan.size and scan.size > MAX_SCAN_MB * 1024 * 1024:
            raise forms.ValidationError(f"This file is larger than {MAX_SCAN_MB} MB. Scan it smaller.")
        data: bytes = scan.read()
        if not data.startswith(b"%PDF-"):
            raise forms.ValidationError("This is no PDF. Scan the paper into one PDF, and choose that.")
        return data

    def clean_signed_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet. Look at the date on the paper.")
        return day

    def clean(self) -> dict[str, Any]:
        """Somebody new needs a name and a kind of right; everything else may be missing on the paper."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("signer") == SOMEBODY_NEW:
            for name in ("given", "authority"):
                if not said.get(name):
                    self.add_error(name, "Write down who signed, and by what right as far as the paper says.")
        return said

    def told(self) -> dict[str, Any]:
        """The fields of `FoundForm` that the page asks for as they are."""
        said = self.cleaned_data
        lists = {name: frozenset(said[name]) for name in ("elements", "platforms", "formats", "purposes")}
        # A licence allows of these what stands there, and nothing where nothing does; a permission has no edits.
        asked = ("edits", "posts", *(["formats"] if said["formats"] else []))
        is_licence = said["kind"] == Consent.Kind.LICENCE
        scope = Scope(
            edits=frozenset(said["edits"] if is_licence else ()),
            asked=frozenset(asked if is_licence else ()),
            paid=said["paid"],
            series=said["series"],
            assets=frozenset({ANY} if said["any_asset"] else ()),
            posts=frozenset({ANY} if said["any_post"] else ()),
            **lists,
        )
        names = (
            "statements",
            "defects",
            "ends_on",
            "ends_event",
            "signer_language",
            "interpreter",
            "capacity_attested",
            "print_points",
            "stands_alone",
            "longer_on_request",
        )
        return {name: said[name] for name in names} | {"scope": scope}


class CopyForm(forms.Form):
    """When the signer was given a copy."""

    given_on = calendar_day("They were given a copy on")
    helper = says("Record it")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"given_on": today})
        self.today = today

    def clean_given_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["given_on"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet.")
        return day
