"""A form while it is being written: what cannot be saved, how its parts move, which version comes next. No Django."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .form import FIELD, LISTS, MERGE_FIELDS, FormRefused, form_from

BRACES = re.compile(r"\{[^{}]*\}|[{}]")
# The few words that filling a form in needs, and what each is for.
PHRASES = {
    "blank": "a line to write on",
    "no_media": "where no picture is named",
    "no_agency": "where no company helps us",
    "no_event": "where no event ends it",
    "no_date": "where no day ends it",
    "not_needed": "where nobody signs for somebody else",
}
DATE_PHRASES = {
    "date": "how a day is written, with {day}, {month} and {year}",
    "months": "the twelve months, with spaces between them",
}
LIST_NAMES = {
    "elements": "What may be shared",
    "platforms": "Where it may go",
    "formats": "Which kind of post",
    "purposes": "Why",
    "paid": "Paid ads",
    "edits": "Whether it may be cut, or only linked to",
    "ties": "What ties the author to us",
    "only_this_post": "One post, or more",
    "money": "Who pays whom",
    "ends": "Events that end it",
    "assent": "The child's own answer",
    "authorities": "By what right somebody signs",
}
LONGEST_TITLE, LONGEST_INTENT = 200, 400
_NUMBER = re.compile(r"(\D*)(\d+)$")


def complaints(data: Mapping[str, Any]) -> list[str]:
    """Why the form cannot even be saved as a draft, each as a sentence. Gaps in what it says are no reason."""
    try:
        form_from(data)
    except FormRefused as refusal:
        return [str(refusal)]
    return [*_too_long(data), *_bad_fields(data), *_bad_parts(data), *_bad_phrases(data["phrases"])]


def _too_long(data: Mapping[str, Any]) -> Iterator[str]:
    for name, words, longest in (
        ("title", "name", LONGEST_TITLE),
        ("intent", "sentence beside the signature", LONGEST_INTENT),
    ):
        if not data[name].strip() or len(data[name]) > longest:
            yield f"The form needs a {words}, of at most {longest} characters."


def _bad_fields(data: Mapping[str, Any]) -> Iterator[str]:
    """Anything in braces that nobody fills in, wherever it stands."""
    plain = [data["title"], data["intent"], *(section["heading"] for section in data["sections"])]
    for text in plain:
        if found := BRACES.search(text):
            yield f"{found[0]} stands in a heading, where nothing is filled in. Move it into the text below."
    texts = [
        text for part in data["sections"] for text in (*part.get("paragraphs", ()), *part.get("after", ()))
    ]
    labels = [text for rows in data["offers"].values() for row in rows for text in row[1:]]
    for text in (*texts, *labels):
        for found in BRACES.finditer(text):
            field = FIELD.fullmatch(found[0])
            if field is None or field[1] not in MERGE_FIELDS:
                yield f"{found[0]} is not a field that can be filled in."


def _bad_parts(data: Mapping[str, Any]) -> Iterator[str]:
    keys = [part["key"] for part in data["sections"]]
    asked = [part["asks"] for part in data["sections"] if part.get("asks")]
    if not keys:
        yield "A form has at least one part."
    if len(keys) != len(set(keys)):
        yield "Two parts have the same key."
    for name in sorted({name for name in asked if asked.count(name) > 1}):
        yield f"Two parts ask the same question: {LIST_NAMES[name].lower()}."


def _bad_phrases(phrases: Mapping[str, str]) -> Iterator[str]:
    for name, where in PHRASES.items():
        if not phrases.get(name, "").strip():
            yield f"The form needs words for {where}."
    if phrases.get("date") and len(phrases.get("months", "").split()) != 12:
        yield "A day is written with its month, so the form needs the names of all twelve."


def moved(sections: list[dict[str, Any]], do: str, place: int) -> list[dict[str, Any]]:
    """The parts after one of them was moved up or down, removed, or a new one was put after it."""
    parts = list(sections)
    if do == "add":
        parts.insert(
            place + 1, {"key": new_key(part["key"] for part in parts), "heading": "", "paragraphs": []}
        )
    elif do == "remove" and 0 <= place < len(parts):
        del parts[place]
    elif do in ("up", "down"):
        other = place + (1 if do == "down" else -1)
        if 0 <= place < len(parts) and 0 <= other < len(parts):
            parts[place], parts[other] = parts[other], parts[place]
    return parts


def new_key(taken: Collection[str] | Iterator[str]) -> str:
    """A key that no other part has."""
    used = set(taken)
    return next(key for number in range(1, len(used) + 2) if (key := f"part_{number}") not in used)


def next_version(taken: Collection[str]) -> str:
    """The version after the highest number so far: "v3" is followed by "v4"."""
    found = [match for version in taken if (match := _NUMBER.fullmatch(version))]
    highest = max(found, key=lambda match: int(match[2]), default=None)
    return f"{highest[1]}{int(highest[2]) + 1}" if highest else "v1"


def translated_version(master: str, taken: Collection[str]) -> str:
    """The version of a translation: its master's, and "v3.1" where that one was translated before."""
    numbered = (f"{master}.{number}" for number in range(1, len(taken) + 2))
    return next(version for version in (master, *numbered) if version not in taken)


def offered_keys(name: str, rows: Collection[list[str]]) -> list[str]:
    """Every key of a list, those on offer first and in their order."""
    offered = [row[0] for row in rows]
    return offered + [key for key in LISTS[name] if key not in offered]
