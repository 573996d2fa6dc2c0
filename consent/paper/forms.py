"""What is filled in about forms on paper: the files that came back, what stands on them, where the paper went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from consent.access.forms import calendar_day, says
from consent.media.forms import ManyFilesInput
from consent.media.rules import MAX_SCAN_BYTES, REFUSALS
from consent.signing.models import Ceremony
from consent.signing.rules import options_of
from consent.signing.rules.answers import MAX_DETAIL
from consent.wording.rules import FilledForm, rendered_sections

from .models import Original
from .queries import blank_form
from .rules import TICKED, Difference, Keyed

MOST_FILES = 40
ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp"
YES, NO = "yes", "no"
SIGNED = {YES: "Yes", NO: "No, the line is empty"}


class FilesField(forms.FileField):
    """A scan as one PDF, or photographs of its pages."""

    def __init__(self) -> None:
        super().__init__(
            widget=ManyFilesInput(attrs={"accept": ACCEPTED, "class": "drop-field"}),
            label="The scan, or photographs of its pages",
            help_text="PDF, JPEG or PNG, 20 MB each. Several forms may come in one PDF.",
            error_messages={"required": "Choose the scan, or the photographs."},
        )

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """The files, none larger than a scan may be."""
        files: list[UploadedFile[Any]] = [
            super(FilesField, self).clean(one, initial) for one in data or [None]
        ]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Send at most {MOST_FILES} files at once.")
        told = REFUSALS["scan_too_large"].format(limit=MAX_SCAN_BYTES // 1024 // 1024)
        large = [f"{one.name}: {told}" for one in files if one.size and one.size > MAX_SCAN_BYTES]
        if large:
            raise forms.ValidationError(large)
        return files


class CameBackForm(forms.Form):
    """A form that came back."""

    scans = FilesField()
    number = forms.CharField(
        max_length=20,
        required=False,
        label="Request number",
        help_text="Only if a code cannot be read. It stands at the top of each page and looks like 4K7M-9XTH.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


@dataclass(frozen=True)
class Part:
    """A part of the form as it is keyed: its heading, its lines to tick, and what may be written beside them."""

    heading: str
    field: forms.BoundField
    details: tuple[forms.BoundField, ...]


class KeyForm(forms.Form):
    """What stands on the paper, line by line in the paper's own words. Nothing is filled in beforehand."""

    ends_on = calendar_day("Ends on the date", "Empty if no date is written.", required=False)
    is_signed = forms.ChoiceField(
        label="Is it signed?", choices=list(SIGNED.items()), widget=forms.RadioSelect
    )
    name = forms.CharField(
        max_length=150,
        required=False,
        label="Name as written",
        help_text="Empty if none is written.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    signed_on = calendar_day("Date beside the signature", "Empty if none is written.", required=False)

    def __init__(self, data: Any = None, *, ceremony: Ceremony, filled: FilledForm) -> None:
        super().__init__(data)
        form = blank_form(ceremony)
        self._headings: dict[str, str] = {}
        self._lines: dict[str, dict[str, str]] = {}
        self._details: dict[str, list[str]] = {}
        events = [(option.key, option.label) for option in options_of(form, ceremony.offered, "ends")]
        self._lines["ends_event"] = {"": "None is marked"} | dict(events)
        self.fields["ends_event"] = forms.ChoiceField(
            label="Ends on an event", required=False, choices=list(self._lines["ends_event"].items())
        )
        for section in rendered_sections(form, filled):
            if section.asks in TICKED and section.ticks and section.asks is not None:
                self._headings[section.asks] = section.heading
                self._add_list(section.asks, [(tick.key, tick.label) for tick in section.ticks])
                for option in options_of(form, ceremony.offered, section.asks):
                    if option.detail:
                        self._add_detail(section.asks, option.key, option.label)

    def _add_list(self, name: str, lines: list[tuple[str, str]]) -> None:
        self._lines[name] = dict(lines)
        self.fields[name] = forms.MultipleChoiceField(
            label="Marked lines", choices=lines, required=False, widget=forms.CheckboxSelectMultiple
        )

    def _add_detail(self, name: str, key: str, label: str) -> None:
        field = f"detail_{key}"
        self._details.setdefault(name, []).append(field)
        self.fields[field] = forms.CharField(
            max_length=MAX_DETAIL, required=False, label=f"Written beside “{label}”"
        )

    @property
    def parts(self) -> Iterator[Part]:
        """The lists in the order of the paper."""
        for name, heading in self._headings.items():
            details = tuple(self[field] for field in self._details.get(name, ()))
            yield Part(heading or "Marked, or not", self[name], details)

    def keyed(self) -> Keyed:
        """What was keyed, for the action."""
        given = self.cleaned_data
        ticks = {name: frozenset(given[name]) for name in self._headings if given[name]}
        marked = {key for keys in ticks.values() for key in keys}
        details = {
            name.removeprefix("detail_"): words
            for name, words in given.items()
            if name.startswith("detail_") and words and name.removeprefix("detail_") in marked
        }
        return Keyed(
            ticks=ticks,
            details=details,
            ends_on=given["ends_on"],
            ends_event=given["ends_event"],
            is_signed=given["is_signed"] == YES,
            signed_on=given["signed_on"],
            name=" ".join(given["name"].split()),
        )

    def in_words(self, one: Difference) -> tuple[str, str, str]:
        """A difference as people say it: what it is about, the first reading, the second."""
        what, _, key = one.key.partition(":")
        if what == "detail":
            return str(self.fields[f"detail_{key}"].label), one.first or "nothing", one.second or "nothing"
        if key:
            lines = self._lines[what]
            marks = {True: "marked", False: "not marked"}
            return str(lines.get(key, key)), marks[one.first], marks[one.second]
        label = str(self.fields[what].label)
        return label, self._value(what, one.first), self._value(what, one.second)

    def _value(self, name: str, value: Any) -> str:
        if name == "is_signed":
            return SIGNED[YES if value else NO]
        if name == "ends_event":
            return self._lines[name][value]
        if isinstance(value, date):
            return f"{value:%B} {value.day}, {value.year}"
        return value or "empty"


class OriginalForm(forms.Form):
    """What was done with the paper itself."""

    fate = forms.ChoiceField(label="The paper is", choices=Original.Fate, widget=forms.RadioSelect)
    place = forms.CharField(
        max_length=120,
        required=False,
        label="Where it is kept",
        help_text="For example: folder 12, front office.",
    )
    done_on = calendar_day("On")
    helper = says("Write it down")

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"done_on": today, "fate": Original.Fate.KEPT})
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A paper that is kept is kept somewhere; the day has come."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("fate") == Original.Fate.KEPT and not said.get("place"):
            self.add_error("place", "Write where it is kept, so that somebody finds it.")
        if said.get("done_on") and said["done_on"] > self.today:
            self.add_error("done_on", "This day has not come yet.")
        return said
