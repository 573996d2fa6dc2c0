"""What members fill in about stories and requests."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from consent.access.forms import calendar_day
from consent.access.models import Location, Practice, User
from consent.access.rules import number_sent
from consent.people.models import Person
from consent.signing.actions.preparing import in_a_year
from consent.wording.rules import EDITS, FORMATS, PLATFORMS
from posts.content.models import Post

from .models import Part
from .queries.boarding import ALL_STEPS, Chosen
from .rules import LANGUAGES, AddressRefused, Found, Terms, found_at
from .rules.asking import LAPSE_DAYS
from .rules.reading import is_video

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"
FILM = "A screen recording cannot be kept yet. Take a screenshot of it, and type what is said in it."
BEGINNING = 64


class SeenForm(forms.Form):
    """What is seen of a post: its words, a picture of it."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="What it says, word for word",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    picture = forms.FileField(
        required=False,
        label="Picture of it",
        help_text="A screenshot: choose it, drop it here, or paste it (Ctrl V). Stories vanish, and this stays.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "class": "drop-field", "data-paste": ""}),
    )

    def clean_picture(self) -> bytes:
        """The file's bytes; none without one."""
        file = self.cleaned_data["picture"]
        if not file:
            return b""
        data: bytes = file.read()
        if is_video(data[:BEGINNING], file.content_type or ""):
            raise forms.ValidationError(FILM)
        return data


class KeepForm(SeenForm):
    """A post that somebody found, as it is seen."""

    address = forms.CharField(
        required=False,
        label="Address of the post",
        help_text="Copy it from the post itself. Nothing is fetched from there. Without one, a picture is enough.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "autofocus": True}),
    )
    handle = forms.CharField(
        required=False,
        label="Name of the account",
        help_text="As it stands there, like @rosa.runs.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    posted_on = calendar_day("Posted on")
    language = forms.ChoiceField(
        choices=list(LANGUAGES.items()),
        label="Language",
        help_text="We would write to its author in this one.",
    )
    field_order = ["address", "handle", "posted_on", "language", "text", "picture"]

    def __init__(
        self, data: Any = None, files: Any = None, *, locations: QuerySet[Location], today: date
    ) -> None:
        super().__init__(data, files)
        self.found: Found | None = None
        self.today = today
        self.fields["posted_on"].widget.attrs["max"] = today.isoformat()
        self.fields["location"] = forms.ModelChoiceField(
            queryset=locations,
            initial=locations.first(),
            empty_label=None,
            label="Location",
            widget=forms.Select if len(locations) > 1 else forms.HiddenInput,
            error_messages={"required": "The practice has no location yet; an owner can add one."},
        )

    def clean_address(self) -> str:
        """The address as it was typed; what it tells is in `found`."""
        typed: str = self.cleaned_data["address"]
        try:
            self.found = found_at(typed) if typed else None
        except AddressRefused as error:
            raise forms.ValidationError(str(error)) from error
        return typed

    def clean_handle(self) -> str:
        """The name as typed, or as the address tells it."""
        return self.cleaned_data["handle"] or (self.found.handle if self.found else "")

    def clean_posted_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["posted_on"]
        if day > self.today:
            raise forms.ValidationError("This day lies ahead. When was it posted?")
        return day


class PartForm(forms.Form):
    """Somebody in a story. "We do not know" is an answer."""

    kind = forms.ChoiceField(
        choices=Part.Kind, widget=forms.RadioSelect, label="Which part do they have in it?"
    )
    relation = forms.ChoiceField(
        choices=Part.Relation, widget=forms.RadioSelect, label="Are they a patient here, or were they?"
    )
    age = forms.ChoiceField(choices=Part.Age, widget=forms.RadioSelect, label="How old are they?")
    words = forms.CharField(
        required=False,
        max_length=80,
        label="How you would point them out",
        help_text="Without a name: “the woman on the left”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, data: Any = None, *, practice: Practice, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["person"] = forms.ModelChoiceField(
            queryset=Person.objects.filter(practice=practice),
            required=False,
            error_messages={"invalid_choice": "Find the person first and choose them from the list."},
        )


class AskForm(forms.Form):
    """What is asked for, and until when."""

    platforms = forms.MultipleChoiceField(
        label="Where it may appear",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one place."},
        help_text="The channels of the post. To ask for another, add it to the post first.",
    )
    formats = forms.MultipleChoiceField(
        choices=list(FORMATS.items()),
        label="As which kind of post",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one kind."},
    )
    edits = forms.MultipleChoiceField(
        choices=list(EDITS.items()),
        initial=["as_it_is"],
        label="What may be done to it",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one."},
        help_text="Ask for as little as you need: people say yes to less more readily.",
    )
    paid = forms.BooleanField(required=False, label="We may also pay to have it shown to more people")
    ends_on = calendar_day("Until", "At most one year from today.")
    lapse = forms.TypedChoiceField(
        choices=[(days, f"{days} days") for days in LAPSE_DAYS],
        coerce=int,
        initial=14,
        widget=forms.RadioSelect,
        label="How long they have to answer",
    )
    privacy_notice = forms.CharField(
        max_length=40,
        label="Version of the privacy notice",
        help_text="As printed on the notice.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    well = forms.BooleanField(
        label="As far as I know they are well enough to decide, and have time",
        error_messages={"required": "Nobody is asked who is too ill to decide. Wait until you know."},
    )

    def __init__(
        self, data: Any = None, *, posts: Sequence[Post], platforms: Sequence[str], today: date, **more: Any
    ) -> None:
        super().__init__(data, **more)
        last = in_a_year(today)
        self.today, self.last = today, last
        self.fields["ends_on"].widget.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(),
            "max": last.isoformat(),
        }
        places = cast("forms.MultipleChoiceField", self.fields["platforms"])
        places.choices = [(key, PLATFORMS.get(key, key)) for key in platforms]
        self.fields["post"] = forms.ModelChoiceField(
            queryset=Post.objects.filter(pk__in=[one.pk for one in posts]),
            initial=posts[0] if posts else None,
            empty_label=None,
            label="Which post",
            widget=forms.Select if len(posts) > 1 else forms.HiddenInput,
            error_messages={"required": "Begin the post from this story first."},
        )

    def clean_ends_on(self) -> date:
        """A day within the year to come."""
        day: date = self.cleaned_data["ends_on"]
        if not self.today < day <= self.last:
            raise forms.ValidationError("Choose a day within the year to come.")
        return day

    def terms(self) -> Terms:
        """What is asked for, for the action."""
        data = self.cleaned_data
        return Terms(
            platforms=tuple(data["platforms"]),
            formats=tuple(data["formats"]),
            edits=tuple(data["edits"]),
            paid=data["paid"],
            ends_on=data["ends_on"],
            privacy_notice=data["privacy_notice"],
            lapses_after=timedelta(days=data["lapse"]),
        )


class BeginForm(forms.Form):
    """What a post that repeats a story is for."""

    def __init__(self, data: Any = None, *, purposes: dict[str, str]) -> None:
        super().__init__(data, initial={"purpose": "testimonial"})
        self.fields["purpose"] = forms.ChoiceField(
            choices=list(purposes.items()),
            label="What is the post for",
            help_text="People allow a use for a purpose, so this decides whose permission fits.",
        )


class OwnerForm(forms.Form):
    """Who looks after a request from now on."""

    def __init__(self, data: Any = None, *, members: Sequence[User], owner: User | None = None) -> None:
        super().__init__(data, initial={"owner": owner})
        self.fields["owner"] = forms.ModelChoiceField(
            queryset=User.objects.filter(pk__in=[one.pk for one in members]),
            empty_label=None,
            label="Who looks after it",
        )


def chosen_from(data: QueryDict, handle: str) -> Chosen:
    """What the address of the page narrows the list to; what it does not know narrows nothing."""
    step, platform = data.get("step", ""), data.get("network", "")
    return Chosen(
        step=step if step in ALL_STEPS else "",
        owner=number_sent(data.get("owner", "")) or 0,
        platform=platform if platform in PLATFORMS else "",
        handle=handle,
    )


def begin_of(part: Part | None, kind: str) -> dict[str, Any]:
    """What the form about somebody begins with: what was said of them, or the part that was asked for."""
    if part is None:
        return {"kind": kind if kind in Part.Kind.values else ""}
    return {
        "kind": part.kind,
        "relation": part.relation,
        "age": part.age,
        "words": part.words,
        "person": part.person_id,
    }
