"""A form: its sections in order, what it offers, and the check of its keys. No Django."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .keys import EDITS, ELEMENTS, FORMATS, KINDS, PLATFORMS, PURPOSES, TIES

MERGE_FIELDS = frozenset(
    {
        "clinic",
        "locations",
        "privacy_officer",
        "link",
        "person_name",
        "signer_name",
        "birth_year",
        "media",
        "agency",
        "post",
        "company",
        "receives",
        "ends_on",
        "ends_event",
        "authority_description",
        "evidence_seen",
    }
)
FIELD = re.compile(r"\{(\w+)\}")
# The line of a list that says there is nothing else to mark, or that nothing else may be: it is marked alone.
ALONE = {"edits": "link_only", "ties": "none"}
# The lists a form may ask from. The first five are ticked by the signer; each closed list bounds its keys.
LISTS: dict[str, Collection[str]] = {
    "elements": ELEMENTS,
    "platforms": PLATFORMS,
    "formats": FORMATS,
    "purposes": PURPOSES,
    "edits": EDITS,
    "paid": ("paid",),
    "only_this_post": ("one", "several"),
    "money": ("unpaid", "company", "receives_nothing", "receives"),
    "ties": TIES,
    "ends": ("end_of_treatment", "end_of_employment", "end_of_campaign"),
    "assent": ("yes", "no"),
    "authorities": ("self", "parent", "guardian", "health_care_agent", "executor", "other"),
}


class FormRefused(ValueError):
    """A form's file, or an answer to it, does not fit: the sentence says which key or field."""


@dataclass(frozen=True)
class Option:
    """One line that can be marked; `detail` asks for words beside it ("Name it here")."""

    key: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the form in its order: paragraphs, then the lines of the list `asks`, then `after`."""

    key: str
    heading: str
    anchors: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    asks: str | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormContent:
    """One version of a form in one language; `phrases` are the few words the filling needs in that language."""

    kind: str
    version: str
    language: str
    title: str
    intent: str
    sections: tuple[Section, ...]
    offers: Mapping[str, tuple[Option, ...]]
    phrases: Mapping[str, str]

    @property
    def anchors(self) -> list[str]:
        """Every element and statement that the text holds, in its order."""
        return [anchor for section in self.sections for anchor in section.anchors]

    @property
    def asked(self) -> set[str]:
        """The lists that this form asks from."""
        return {section.asks for section in self.sections if section.asks}


def form_from(data: Mapping[str, Any]) -> FormContent:
    """The form that a sample file or a stored wording describes. Raises `FormRefused` for a key that is not known."""
    offers = {name: tuple(Option(*row) for row in rows) for name, rows in data["offers"].items()}
    sections = tuple(_section(row) for row in data["sections"])
    content = FormContent(
        kind=data["kind"],
        version=data["version"],
        language=data["language"],
        title=data["title"],
        intent=data["intent"],
        sections=sections,
        offers=offers,
        phrases=dict(data["phrases"]),
    )
    _refuse_unknown(content)
    return content


def _section(row: Mapping[str, Any]) -> Section:
    return Section(
        key=row["key"],
        heading=row["heading"],
        anchors=tuple(row.get("anchors", ())),
        paragraphs=tuple(row.get("paragraphs", ())),
        asks=row.get("asks"),
        after=tuple(row.get("after", ())),
    )


def _refuse_unknown(content: FormContent) -> None:
    """A form may speak only in the closed keys and the known fields."""
    for complaint in _complaints(content):
        raise FormRefused(complaint)


def _complaints(content: FormContent) -> Iterator[str]:
    if content.kind not in KINDS:
        yield f"{content.kind} is not a kind of form."
    options = [(name, option) for name, listed in content.offers.items() for option in listed]
    for name, option in options:
        if option.key not in LISTS.get(name, ()):
            yield f"The form offers {name}: {option.key}, which is not in the list."
    for name in sorted(content.asked - content.offers.keys()):
        yield f"The form asks for {name} but offers nothing to choose from."
    texts = [text for section in content.sections for text in (*section.paragraphs, *section.after)]
    for text in (*texts, *(option.label for _, option in options)):
        if stray := sorted(set(FIELD.findall(text)) - MERGE_FIELDS):
            yield f"The form names {{{stray[0]}}}, which is not a field that can be filled in."
