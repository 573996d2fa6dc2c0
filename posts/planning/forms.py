"""What the composer's page sends, read leniently: whatever was typed is shown again, and judged when it is saved."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from consent.access.forms import says
from consent.access.models import Location
from consent.media.models import Appearance
from consent.people.models import Connection
from consent.wording.rules import ELEMENTS, PURPOSES
from posts.content.rules import TITLE_LIMIT, Claims

from .rules import Draft, DraftMention, DraftPicture, DraftVersion

# Purposes of what someone composes; answers and press releases are begun elsewhere.
COMPOSED = {
    key: words for key, words in PURPOSES.items() if key not in ("reply", "press_release", "campaign")
}
LONGEST_NUMBER = 15


class BeginForm(forms.Form):
    """The name of a post, for the list, and what it is for."""

    title = forms.CharField(
        max_length=TITLE_LIMIT,
        label="What is it about",
        help_text="For your own list; nobody outside sees it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(
        choices=list(COMPOSED.items()),
        label="What is it for",
        widget=forms.RadioSelect,
        help_text="People allow a use for a purpose, so this decides whose permission fits.",
    )
    helper = says("Begin")

    def __init__(self, data: QueryDict | None = None, *, locations: QuerySet[Location]) -> None:
        super().__init__(data)
        self.fields["location"] = forms.ModelChoiceField(
            queryset=locations,
            initial=locations.first(),
            empty_label=None,
            label="Location",
            widget=forms.Select if len(locations) > 1 else forms.HiddenInput,
            error_messages={"required": "The practice has no location yet; an owner can add one."},
        )


def draft_from(data: QueryDict) -> Draft:
    """The desk as the page sent it."""
    accounts = list(dict.fromkeys(numbers_from(data.getlist("channel"))))
    return Draft(
        title=data.get("title", ""),
        purpose=data.get("purpose", ""),
        location=number_from(data.get("location", "")),
        claims=_claims(data),
        versions=tuple(_version(data, account) for account in accounts),
        tab=number_from(data.get("tab", "")),
        seen=data.get("seen", ""),
    )


def step_from(text: str) -> tuple[str, list[int]]:
    """A button's step and its numbers: ``add_picture:3:12``."""
    name, *numbers = text.split(":")
    return name, [number_from(number) for number in numbers]


def _version(data: QueryDict, account: int) -> DraftVersion:
    """One channel's part of the page."""
    pictures = dict.fromkeys(numbers_from(data.getlist(f"picture-{account}")))
    people = dict.fromkeys(numbers_from(data.getlist(f"mention-{account}")))
    return DraftVersion(
        account=account,
        caption=data.get(f"caption-{account}", "").replace("\r\n", "\n"),
        format=data.get(f"format-{account}", "post"),
        paid=f"paid-{account}" in data,
        third_party_pays=f"third-{account}" in data,
        disclosure=data.get(f"disclosure-{account}", "").strip(),
        pictures=tuple(_picture(data, account, n) for n in pictures),
        mentions=tuple(_mention(data, account, n) for n in people),
        recipients=tuple(sorted(set(numbers_from(data.getlist(f"recipient-{account}"))))),
    )


def _claims(data: QueryDict) -> Claims:
    """What is declared about the whole post."""

    def words(name: str) -> str:
        return data.get(name, "").replace("\r\n", "\n").strip()

    return Claims(
        origin_url=words("origin_url"),
        origin_author=number_from(data.get("origin_author", "")) or None,
        connection=tie if (tie := words("connection")) in Connection.Kind.values else "",
        quote_source=words("quote_source"),
        atypical_result="atypical_result" in data,
        typical_result=words("typical_result"),
        procedures=words("procedures"),
        results_notice="results_notice" in data,
        unretouched="unretouched" in data,
        sensitive_category=words("sensitive_category"),
        sale="sale" in data,
    )


def _picture(data: QueryDict, account: int, rendition: int) -> DraftPicture:
    """A picture with what is said of it."""
    said = (data.get(f"{name}-{account}-{rendition}", "").strip() for name in ("alt", "captions"))
    return DraftPicture(rendition, *said)


def _mention(data: QueryDict, account: int, person: int) -> DraftMention:
    """A person in the words; an unknown capacity counts as patient."""
    capacity = data.get(f"capacity-{account}-{person}", "")
    ticked = set(data.getlist(f"elements-{account}-{person}"))
    return DraftMention(
        person,
        tuple(sorted(ticked & ELEMENTS.keys())),
        capacity if capacity in Appearance.Capacity.values else "patient",
    )


def number_from(text: str) -> int:
    """A row's number, or 0, which is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def numbers_from(texts: list[str]) -> list[int]:
    """The numbers of rows among them."""
    return [number for text in texts if (number := number_from(text))]
