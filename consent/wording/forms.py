"""What is filled in about a form: its whole text while it is written, and what is said when it comes into use."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms

from consent.access.forms import calendar_day, says
from consent.access.rules import number_sent

from .models import Draft, Wording
from .rules import ANCHORS, DATE_PHRASES, LIST_NAMES, LISTS, PHRASES, moved, offered_keys
from .rules.drafting import LONGEST_INTENT, LONGEST_TITLE
from .rules.keys import EDITS, ELEMENTS, FORMATS, PLATFORMS, PURPOSES, TIES

MOVES = ("add", "up", "down", "remove")
_KEY_WORDS = {**TIES, **EDITS, **ELEMENTS, **PLATFORMS, **FORMATS, **PURPOSES}
_MOST_PARTS = 60


class DraftForm(forms.Form):
    """The whole text of a draft: its parts in order, the lines that may be marked, and a few phrases.

    A paragraph ends with its line, so a line is a paragraph. The form is made for the parts of `content`; what is sent
    brings its own number of parts, so that nothing typed is lost when somebody moved one meanwhile.
    """

    title = forms.CharField(label="Name of the form", max_length=LONGEST_TITLE)
    intent = forms.CharField(label="Sentence beside the signature", max_length=LONGEST_INTENT)

    def __init__(self, data: Any = None, *, content: dict[str, Any]) -> None:
        first = {"title": content["title"], "intent": content["intent"]}
        super().__init__(data, initial=first)
        self.content_shown = content
        sections = content["sections"]
        self.count = _count(data, len(sections)) if data is not None else len(sections)
        for place in range(self.count):
            self._add_part(place, sections[place] if place < len(sections) else {})
        for name in LISTS:
            self._add_list(name, content["offers"].get(name, []))
        for name, where in {**PHRASES, **DATE_PHRASES}.items():
            self.fields[f"phrase_{name}"] = forms.CharField(
                label=where[0].upper() + where[1:],
                required=name in PHRASES,
                initial=content["phrases"].get(name, ""),
                max_length=200,
            )

    def _add_part(self, place: int, part: dict[str, Any]) -> None:
        fields = {
            "key": forms.CharField(widget=forms.HiddenInput, initial=part.get("key", ""), max_length=40),
            "heading": forms.CharField(
                label="Heading", required=False, initial=part.get("heading", ""), max_length=200
            ),
            "text": _lines("Text", part.get("paragraphs", ())),
            "asks": forms.ChoiceField(
                label="Lines to mark",
                required=False,
                choices=[("", "none"), *LIST_NAMES.items()],
                initial=part.get("asks") or "",
            ),
            "after": _lines("Text after the lines", part.get("after", ())),
            "anchors": forms.MultipleChoiceField(
                label="What this part says for the law",
                required=False,
                choices=_anchors(part.get("anchors", ())),
                initial=part.get("anchors", ()),
                widget=forms.CheckboxSelectMultiple,
            ),
        }
        self.fields.update({f"part_{place}_{name}": field for name, field in fields.items()})

    def _add_list(self, name: str, rows: list[list[str]]) -> None:
        offered = {row[0]: row for row in rows}
        for key in LISTS[name]:
            row = [*offered.get(key, [key, "", ""]), ""]
            words = _KEY_WORDS.get(key, key.replace("_", " "))
            self.fields[f"line_{name}_{key}"] = _short(words, row[1], 200)
            self.fields[f"beside_{name}_{key}"] = _short(f"{words}, asks for", row[2], 80)

    def content(self) -> dict[str, Any]:
        """The text as it was sent, in the shape of a wording."""
        data = self.cleaned_data
        phrases = {name: data[f"phrase_{name}"] for name in {**PHRASES, **DATE_PHRASES}}
        offers = {name: list(self._rows(name)) for name in LISTS}
        asked = {data[f"part_{place}_asks"] for place in range(self.count)}
        return {
            "title": data["title"],
            "intent": data["intent"],
            "sections": [self._part(place) for place in range(self.count)],
            "offers": {name: rows for name, rows in offers.items() if rows or name in asked},
            "phrases": {name: words for name, words in phrases.items() if words},
        }

    def moved(self, do: str) -> dict[str, Any]:
        """The text after the button that was pressed: "up-3" moves a part. Anything else only saves."""
        content = self.content()
        move, _, number = do.partition("-")
        place = number_sent(number)
        if move in MOVES and place is not None:
            content["sections"] = moved(content["sections"], move, place)
        return content

    def _part(self, place: int) -> dict[str, Any]:
        said = {
            name: self.cleaned_data[f"part_{place}_{name}"] for name in ("key", "heading", "asks", "anchors")
        }
        part = {"key": said["key"], "heading": said["heading"], "paragraphs": self._text(place, "text")}
        if said["anchors"]:
            part["anchors"] = said["anchors"]
        if said["asks"]:
            part["asks"] = said["asks"]
        if after := self._text(place, "after"):
            part["after"] = after
        return part

    def _text(self, place: int, name: str) -> list[str]:
        lines = self.cleaned_data[f"part_{place}_{name}"].splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _rows(self, name: str) -> Iterator[list[str]]:
        shown = self.content_shown["offers"].get(name, [])
        for key in offered_keys(name, shown):
            label, beside = (self.cleaned_data[f"{of}_{name}_{key}"].strip() for of in ("line", "beside"))
            if label:
                yield [key, label, beside] if beside else [key, label]

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The parts for the page."""
        names = ("key", "heading", "text", "asks", "after", "anchors")
        return [
            {"place": place, "last": place == self.count - 1}
            | {name: self[f"part_{place}_{name}"] for name in names}
            for place in range(self.count)
        ]

    @property
    def lists(self) -> list[dict[str, Any]]:
        """The lists for the page: the lines on offer first, then those that could be."""
        told = []
        for name, words in LIST_NAMES.items():
            rows = self.content_shown["offers"].get(name, [])
            lines = [
                (self[f"line_{name}_{key}"], self[f"beside_{name}_{key}"], key)
                for key in offered_keys(name, rows)
            ]
            told.append({"name": name, "words": words, "on": lines[: len(rows)], "off": lines[len(rows) :]})
        return told

    @property
    def phrases(self) -> list[forms.BoundField]:
        """The phrases for the page."""
        return [self[f"phrase_{name}"] for name in {**PHRASES, **DATE_PHRASES}]


class ActivateForm(forms.Form):
    """What is said about a version when it comes into use."""

    version = forms.CharField(max_length=20, help_text="Never used before for this form.")
    effective_from = calendar_day("Offered from", "Today, or a later day.")

    def __init__(
        self, data: Any = None, *, draft: Draft, version: str, today: date, is_next: bool, is_hard: bool
    ) -> None:
        super().__init__(data, initial={"version": version, "effective_from": today})
        self.today, self.is_translation = today, draft.master is not None
        if self.is_translation:
            self.fields |= _review_fields(today)
        elif is_next:
            self.fields["change"] = forms.ChoiceField(
                label="What does it change for those who signed an earlier version?",
                choices=[
                    (Wording.Change.MATERIAL, "Something that matters: next I choose who is asked again"),
                    (Wording.Change.TYPO, "Only a slip of the pen: nobody is asked again"),
                ],
                widget=forms.RadioSelect,
            )
        if is_hard:
            self.fields["override"] = forms.CharField(
                label="Why it has to be so hard to read",
                max_length=300,
                help_text="Your name is written down with it.",
            )
        self.helper = says("Put it into use")

    def clean_effective_from(self) -> date:
        """Today or later."""
        day: date = self.cleaned_data["effective_from"]
        if day < self.today:
            raise forms.ValidationError("A version begins today or later, never in the past.")
        return day


class ReviewForm(forms.Form):
    """Who translated a form, and which qualified person reviewed it."""

    def __init__(self, data: Any = None, *, row: Wording, today: date) -> None:
        super().__init__(data, initial={"translated_by": row.translated_by, "reviewed_on": today})
        self.fields |= _review_fields(today)
        self.helper = says("Record the review")


def _review_fields(today: date) -> dict[str, forms.Field]:
    return {
        "translated_by": forms.CharField(
            label="Translated by", max_length=120, help_text="A person, or the name of a translation program."
        ),
        "reviewed_by": forms.CharField(
            label="Reviewed by",
            max_length=120,
            help_text="A qualified human translator: name, and what makes them qualified.",
        ),
        "reviewed_on": NotAfter(
            today, label="Reviewed on", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
        ),
    }


class NotAfter(forms.DateField):
    """A day that has come."""

    def __init__(self, today: date, **options: Any) -> None:
        super().__init__(initial=today, **options)
        self.today = today

    def clean(self, value: Any) -> date | None:
        """The day. Raises ValidationError for one that is still to come."""
        day: date | None = super().clean(value)
        if day and day > self.today:
            raise forms.ValidationError("This day has not come yet.")
        return day


def _short(label: str, initial: str, longest: int) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control"})
    return forms.CharField(label=label, required=False, initial=initial, max_length=longest, widget=widget)


def _lines(label: str, paragraphs: Any) -> forms.CharField:
    rows = max(2, min(10, sum(1 + len(text) // 90 for text in paragraphs)))
    return forms.CharField(
        label=label,
        required=False,
        initial="\n".join(paragraphs),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _anchors(held: Iterable[str]) -> list[tuple[str, str]]:
    """Every mark that a part may bear, and those that it bears from an earlier time."""
    known = [(key, f"{anchor.words} ({anchor.citation})") for key, anchor in ANCHORS.items()]
    return known + [(key, key.replace("_", " ")) for key in held if key not in ANCHORS]


def _count(data: Any, shown: int) -> int:
    """How many parts were sent."""
    sent = number_sent(data.get("parts", ""))
    return min(sent, _MOST_PARTS) if sent is not None else shown
