"""A form filled in: what is marked, and the exact text that is shown and signed. No Django.

`rendered_text` is the one canonical plain text: what is shown, what is printed and what the SHA-256 is taken of
(R69). The same content and answers give the same characters, always.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from .form import ALONE, FIELD, MERGE_FIELDS, FormContent, FormRefused, Option

_TICKED = ("elements", "platforms", "formats", "purposes", "edits", "ties")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Answers:
    """What the signer marked. Nothing is marked unless they did it; `details` are their own words, by key."""

    elements: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    edits: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    details: Mapping[str, str] = field(default_factory=dict)
    paid: bool = False
    only_this_post: bool | None = None
    ends_on: date | None = None
    ends_event: str = ""
    assent: str = ""


@dataclass(frozen=True)
class FilledForm:
    """A form made out to one person: what the practice filled in, who signs by what right, and the answers.

    `offered` narrows a list to the keys that staff offered; a list it does not name is offered whole.
    `authority` is empty when the person signs for themselves. `company` pays the practice, `receives` is what the
    person gets; both are empty when there is nothing.
    """

    clinic: str
    locations: str
    privacy_officer: str
    person_name: str
    answers: Answers = field(default_factory=Answers)
    link: str = ""
    signer_name: str = ""
    authority: str = ""
    authority_description: str = ""
    evidence_seen: str = ""
    birth_year: int | None = None
    media: tuple[str, ...] = ()
    agency: str = ""
    post: str = ""
    company: str = ""
    receives: str = ""
    offered: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Tick:
    """A line with its mark, as shown."""

    key: str
    label: str
    ticked: bool


@dataclass(frozen=True)
class Shown:
    """A section with its fields filled in and its lines marked."""

    key: str
    heading: str
    asks: str | None
    paragraphs: tuple[str, ...]
    ticks: tuple[Tick, ...]
    after: tuple[str, ...]


def rendered_sections(content: FormContent, filled: FilledForm) -> list[Shown]:
    """The form section by section, filled in: for the tablet, the page and the document. Same words as the text.

    Raises `FormRefused` for an answer that this form did not offer.
    """
    values, marks = _values(content, filled), _marks(content, filled)
    shown = []
    for section in content.sections:
        options = _offered(content, filled, section.asks) if section.asks not in (None, "ends") else []
        marked = marks.get(section.asks or "", frozenset())
        ticks = (Tick(o.key, _line(o, filled, content, values), o.key in marked) for o in options)
        shown.append(
            Shown(
                section.key,
                section.heading,
                section.asks,
                tuple(_merged(text, values) for text in section.paragraphs),
                tuple(ticks),
                tuple(_merged(text, values) for text in section.after),
            )
        )
    return shown


def rendered_text(content: FormContent, filled: FilledForm) -> str:
    """The exact text that is shown and signed, with marks as ``[x]`` and ``[ ]``; lines end in one newline."""
    blocks = [[_clean(content.title), f"{content.kind} {content.version} {content.language}"]]
    for shown in rendered_sections(content, filled):
        marks = [f"[{'x' if tick.ticked else ' '}] {tick.label}" for tick in shown.ticks]
        lines = [*([_clean(shown.heading)] if shown.heading else []), *shown.paragraphs, *marks, *shown.after]
        blocks.append(lines)
    blocks.append([_clean(content.intent)])
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def missing_answers(content: FormContent, answers: Answers) -> list[str]:
    """What the signer has yet to answer, each as a sentence. Nothing is signed while this is not empty (R6, R69)."""
    wanted = {
        "elements": "Mark at least one thing that may be shared.",
        "platforms": "Mark at least one place where it may go.",
        "formats": "Mark at least one kind of post.",
        "purposes": "Mark at least one reason.",
        "edits": "Mark whether it may be cut to fit.",
        "ties": "Say what you got for it and whether your family or you work here, or that it is nothing of this.",
    }
    missing = [
        words for name, words in wanted.items() if name in content.asked and not getattr(answers, name)
    ]
    for name, line in ALONE.items():
        if line in (marked := getattr(answers, name)) and len(marked) > 1:
            missing.append(f"One mark under {name} leaves no room for another.")
    if "only_this_post" in content.asked and answers.only_this_post is None:
        missing.append("Choose only this one post, or more than one.")
    if "ends" in content.asked and answers.ends_on is None and not answers.ends_event:
        missing.append("Say when this permission ends: a date, or when something happens.")
    if answers.assent == "no":
        missing.append("The child said no, so nothing may be posted.")
    return missing


def _offered(content: FormContent, filled: FilledForm, name: str | None) -> list[Option]:
    keys = filled.offered.get(name or "")
    return [option for option in content.offers[name or ""] if keys is None or option.key in keys]


def _marks(content: FormContent, filled: FilledForm) -> dict[str, frozenset[str]]:
    """The marked keys of every list. Refuses an answer that the form does not offer."""
    answers = filled.answers
    one = {None: (), True: ("one",), False: ("several",)}[answers.only_this_post]
    marks = {name: getattr(answers, name) for name in _TICKED}
    marks |= {
        "paid": frozenset({"paid"} if answers.paid else ()),
        "only_this_post": frozenset(one),
        "ends": frozenset({answers.ends_event} - {""}),
        "assent": frozenset({answers.assent} - {""}),
    }
    for name, keys in marks.items():
        offered = (
            {option.key for option in _offered(content, filled, name)} if name in content.offers else set()
        )
        if stray := sorted(keys - offered):
            raise FormRefused(f"This form does not offer {name}: {', '.join(stray)}.")
    money = {"company" if filled.company else "unpaid", "receives" if filled.receives else "receives_nothing"}
    signer = frozenset({filled.authority or "self"} if filled.signer_name else ())
    return marks | {"money": frozenset(money), "authorities": signer}


def _values(content: FormContent, filled: FilledForm) -> dict[str, str]:
    """What goes into each field; a blank line where nothing is known yet."""
    phrases, answers = content.phrases, filled.answers
    events = {option.key: option.label for option in content.offers.get("ends", ())}
    own = phrases["not_needed"] if filled.signer_name and not filled.authority else ""
    values = {name: getattr(filled, name) for name in MERGE_FIELDS if hasattr(filled, name)}
    values |= {
        "birth_year": str(filled.birth_year or ""),
        "media": "; ".join(filled.media) or phrases["no_media"],
        "agency": filled.agency or phrases["no_agency"],
        "ends_on": _spelled(answers.ends_on, content) if answers.ends_on else phrases["no_date"],
        "ends_event": events.get(answers.ends_event, phrases["no_event"]),
        "authority_description": filled.authority_description or own,
        "evidence_seen": filled.evidence_seen or own,
    }
    return {name: _clean(text) or phrases["blank"] for name, text in values.items()}


def _line(option: Option, filled: FilledForm, content: FormContent, values: Mapping[str, str]) -> str:
    label = _merged(option.label, values)
    if not option.detail:
        return label
    return f"{label}. {option.detail}: {_clean(filled.answers.details.get(option.key, '')) or content.phrases['blank']}"


def _merged(text: str, values: Mapping[str, str]) -> str:
    """`text` with its fields filled in, once: a value that looks like a field stays as it was typed."""
    return FIELD.sub(lambda match: values[match[1]], _clean(text))


def _clean(text: str) -> str:
    """One line of text in one normal form, so that nobody's name can fake a line of the form."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _spelled(day: date, content: FormContent) -> str:
    """The day as the form's language writes it: by the form's own phrases, ISO where nothing says how."""
    if pattern := content.phrases.get("date"):
        month = content.phrases["months"].split()[day.month - 1]
        return (
            pattern.replace("{day}", str(day.day)).replace("{month}", month).replace("{year}", str(day.year))
        )
    if content.language.startswith("en"):
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return day.isoformat()
