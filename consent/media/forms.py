"""What is filled in about pictures."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from consent.access.forms import calendar_day
from consent.access.models import Practice
from consent.people.models import Person

from .detectors.sights import Box, bounded
from .models import Appearance, Asset, Rendition, Sighting
from .queries import Seen
from .rules import BACKGROUND, MAX_LABEL, PICTURE_ELEMENTS, REFUSALS, WATCHED

MOST_FILES = 20
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,.heic,video/mp4"


class ManyFilesInput(forms.ClearableFileInput):
    """A file field that takes several, chosen or dropped on it."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several files, none larger than a picture may be."""

    def __init__(self) -> None:
        widget = ManyFilesInput(attrs={"accept": ACCEPTED, "class": "drop-field"})
        super().__init__(
            widget=widget,
            label="Pictures",
            help_text="JPEG, PNG, WebP or GIF; HEIC, and MP4 up to a minute, where they can be read here."
            " Choose several, or drop them here.",
            error_messages={"required": "Choose at least one picture."},
        )

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """The files, each told by its own name if it cannot be taken."""
        files: list[UploadedFile[Any]] = [
            super(PicturesField, self).clean(one, initial) for one in data or [None]
        ]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Add at most {MOST_FILES} pictures at once.")
        limit = settings.MAX_PICTURE_BYTES
        told = REFUSALS["too_large"].format(limit=limit // 1024 // 1024)
        large = [f"{one.name}: {told}" for one in files if one.size and one.size > _most(one)]
        if large:
            raise forms.ValidationError(large)
        return files


def _most(file: "UploadedFile[Any]") -> int:
    """How large a file may be: a video more than a picture. What it is, its content decides later."""
    named_film = (file.name or "").lower().endswith((".mp4", ".m4v", ".mov"))
    most: int = settings.MAX_FILM_BYTES if named_film else settings.MAX_PICTURE_BYTES
    return most


TAKEN_BY = [
    (key, words) for key, words in Asset.TakenBy.choices if key != Asset.TakenBy.AUTHOR
]  # what others posted was taken by its author


def taken_by_field() -> forms.ChoiceField:
    """Who held the camera."""
    return forms.ChoiceField(label="Who took it", required=False, choices=TAKEN_BY, widget=forms.RadioSelect)


def cover_field() -> forms.ChoiceField:
    """What allowed a camera from outside (45 CFR 164.508, 164.502(e); R40)."""
    return forms.ChoiceField(
        label="What allowed a camera from outside to be there",
        required=False,
        choices=Asset.CaptureCover,
        widget=forms.RadioSelect,
    )


def check_capture(form: forms.Form) -> None:
    """Ask for what is missing about the camera: unknown is a no when somebody wants to post it."""
    taken_by = form.cleaned_data.get("taken_by")
    if not taken_by and "taken_by" not in form.errors:
        form.add_error("taken_by", "Say who took it: someone who works here, or somebody from outside.")
    if taken_by == Asset.TakenBy.THIRD_PARTY and not form.cleaned_data.get("capture_cover"):
        form.add_error(
            "capture_cover", "Say what allowed the camera to be there. “Neither” is an answer too."
        )


class AddPicturesForm(forms.Form):
    """Pictures and where they come from."""

    pictures = PicturesField()
    label = forms.CharField(
        max_length=MAX_LABEL - 4,
        label="What is it called",
        help_text="For your own list, without names: “Bell, spring garden”.",
    )
    series = forms.CharField(
        required=False,
        max_length=MAX_LABEL,
        label="Event or series",
        help_text="If they belong together: “Open house 2026”. You find them under it, all at once.",
    )
    upload = forms.IntegerField(required=False, widget=forms.HiddenInput)
    captured_on = forms.DateField(
        required=False,
        label="Taken on",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    captured_by = forms.CharField(
        required=False, max_length=120, label="Name of whoever took it", help_text="Who held the camera."
    )
    taken_by = taken_by_field()
    capture_cover = cover_field()
    source = forms.ChoiceField(
        choices=Asset.Source, initial=Asset.Source.OWN, widget=forms.RadioSelect, label="Who made it"
    )
    source_url = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label="Where you found it",
        help_text="The address of their post. Posting it in public gave us no licence: ask its author.",
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"] = forms.ModelChoiceField(
            queryset=Person.objects.filter(practice=practice), required=False, label="Its author"
        )

    def clean(self) -> dict[str, Any]:
        """What someone else made needs its author named."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("source") == Asset.Source.USER and not cleaned.get("author"):
            self.add_error(
                "author", "Find the person who made it; it needs their licence before it can be used."
            )
        if cleaned.get("source") == Asset.Source.OWN:
            check_capture(self)
        return cleaned


def seen_field() -> forms.CharField:
    """What the page showed: whoever sends it from a tab opened earlier undoes nothing unseen."""
    return forms.CharField(required=False, widget=forms.HiddenInput, empty_value=None)


class CaptureForm(forms.Form):
    """Who took a picture that is here already, when, and what allowed it; `seen` is what the page showed."""

    taken_by = taken_by_field()
    capture_cover = cover_field()
    captured_on = calendar_day("Taken on", required=False)
    seen = seen_field()

    def __init__(self, data: Any = None, *, asset: Asset) -> None:
        super().__init__(data, initial=asdict(asset.capture) | {"seen": str(asset.capture)})

    def clean(self) -> dict[str, Any]:
        """Nothing is left open."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_capture(self)
        return cleaned


class UnnamedForm(forms.Form):
    """How many people in it nobody can name; `seen` is the number that the page showed."""

    unnamed = forms.IntegerField(
        min_value=0,
        max_value=999,
        label="Others in it whom nobody can name",
        help_text="Count everyone who could be recognised, also small in the background.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, asset: Asset) -> None:
        super().__init__(data, initial={"unnamed": asset.unnamed, "seen": asset.unnamed})


class NameForm(forms.Form):
    """Who is in the picture, by what, in which capacity."""

    elements = forms.MultipleChoiceField(
        choices=list(PICTURE_ELEMENTS.items()),
        label="What does the picture show of them?",
        widget=forms.CheckboxSelectMultiple,
        initial=["face"],
        error_messages={"required": "Tick what the picture shows of them: the face, or something else."},
    )
    capacity = forms.ChoiceField(
        choices=Appearance.Capacity,
        label="They are here as",
        help_text="If you are not sure, leave it at patient.",
    )

    def __init__(
        self, *args: Any, practice: Practice, places: Iterable[Sighting] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sighting"] = forms.ModelChoiceField(
            queryset=Sighting.objects.filter(pk__in=[one.pk for one in places]), required=False
        )
        unchosen = "Find the person first and choose them from the list."
        self.fields["person"] = forms.ModelChoiceField(
            queryset=Person.objects.filter(practice=practice),
            error_messages={"required": unchosen, "invalid_choice": unchosen},
        )


class AttestForm(forms.Form):
    """Why something seen tells nobody who it is."""

    why = forms.CharField(max_length=300)
    all_like_it = forms.BooleanField(required=False)


class CutAwayForm(forms.Form):
    """What a copy no longer shows of somebody, or that it shows nothing of them."""

    elements = forms.MultipleChoiceField(choices=list(PICTURE_ELEMENTS.items()), required=False)
    wholly = forms.BooleanField(required=False)


class CaptionsForm(forms.Form):
    """A video's captions, as a file or typed."""

    file = forms.FileField(
        required=False,
        label="A caption file",
        help_text="WebVTT or SRT. It takes the place of what stands below.",
        widget=forms.ClearableFileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )
    typed = forms.CharField(
        required=False,
        max_length=100_000,
        label="Or type them",
        help_text="With times (00:01.000 --> 00:04.000) or without: then they stand there the whole time.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class BackgroundForm(forms.Form):
    """What a person looked at, point by point."""

    points = forms.MultipleChoiceField(choices=[*BACKGROUND.items(), (WATCHED, "")], required=False)


class RetouchForm(forms.Form):
    """Places to cover and what to keep, in pixels of the rendition; places that were seen are named by their id."""

    SIDES = ("x", "y", "width", "height")

    soft = forms.BooleanField(required=False)

    def __init__(
        self, data: QueryDict | None = None, *, rendition: Rendition, places: Iterable[Sighting] = ()
    ) -> None:
        super().__init__(data)
        self.sent = data or QueryDict()
        self.rendition = rendition
        known = Sighting.objects.filter(pk__in=[one.pk for one in places if one.seen])
        self.fields["sighting"] = forms.ModelMultipleChoiceField(queryset=known, required=False)

    def clean(self) -> dict[str, Any]:
        """`covers` and `crop` as boxes within the picture; a box with nothing in it is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = [Seen.of(one).box for one in cleaned.get("sighting", ())]
        cleaned["covers"] = [*seen, *self._boxes("cover")]
        cleaned["crop"] = next(iter(self._boxes("crop")), None)
        return cleaned

    def _boxes(self, name: str) -> list[Box]:
        """The boxes that were typed or drawn under this name."""
        typed = [self.sent.getlist(f"{name}_{side}") for side in self.SIDES]
        boxes = []
        for four in zip(*typed, strict=False):
            if not any(four):
                continue
            try:
                x, y, width, height = (max(0, int(float(one))) for one in four)
            except (ValueError, OverflowError):
                self.add_error(None, "Give all four numbers of a box, or leave all four empty.")
                continue
            if width and height:
                boxes.append(bounded(x, y, width, height, self.rendition.width, self.rendition.height))
        return boxes
