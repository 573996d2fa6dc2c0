"""The ledger in words: groups of events, who may read which, and facts as people say them. No Django."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from consent.access.rules import ROLES
from consent.audit.vocabulary import EVENTS
from consent.wording.rules import ANCHORS, ELEMENTS, FORMATS, PLATFORMS, PURPOSES

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "permissions": (
        "Permissions",
        (
            "consent",
            "disagreement",
            "renewal",
            "quiet",
            "ceremony",
            "exhibit",
            "gathering",
            "poster",
            "card",
            "no_photo",
            "paper",
            "document",
            "copy",
            "link",
            "wording",
            "reask",
            "legal_hold",
            "disposal",
        ),
    ),
    "people": ("People", ("person", "representation", "connection", "contact", "question")),
    "pictures": ("Pictures", ("asset", "appearance", "picture", "sighting", "background", "rendition")),
    "posts": ("Posts", ("post", "gate", "finding", "clearing", "upload")),
    "out": (
        "Going out",
        ("delivery", "takedown", "revocation", "publication", "publishing", "channel"),
    ),
    "team": (
        "Team and practice",
        (
            "practice",
            "location",
            "member",
            "pin",
            "password",
            "second_factor",
            "policy",
            "training",
            "recipient",
            "pack",
            "own_words",
            "roster",
            "canned_reply",
            "seal_certificate",
        ),
    ),
    "stories": ("Stories", ("story", "repost")),
    "mail": ("Mail", ("mail",)),
}

# Events that only some may read: whom the practice keeps away from a person's record (R29).
RESERVED = {"representation.excluded": "person.exclusions"}

_WORDS = {
    **ELEMENTS,
    **PLATFORMS,
    **FORMATS,
    **PURPOSES,
    **{key: anchor.words for key, anchor in ANCHORS.items()},
    **{key: role.title.lower() for key, role in ROLES.items()},
}
_LABELS = {
    "sha256": "SHA-256",
    "text_sha256": "SHA-256 of the text",
    "digest": "digest",
    "codes": "reasons",
    "part": "what",
    "at": "when",
    "due_at": "due",
    "ledger_seq": "position",
}


def events_of(group: str) -> frozenset[str]:
    """The events of a group; none for a group that does not exist."""
    _, prefixes = GROUPS.get(group, ("", ()))
    return frozenset(event for event in EVENTS if event.partition(".")[0] in prefixes)


def group_of(event: str) -> str:
    """The key of the group that an event belongs to; empty for an event of nobody's."""
    prefix = event.partition(".")[0]
    return next((key for key, (_, prefixes) in GROUPS.items() if prefix in prefixes), "")


def sentence_of(event: str, facts: Mapping[str, Any]) -> str:
    """What happened, as the vocabulary says it; an event of a later version keeps its own name."""
    known = EVENTS.get(event)
    if event == "gate.decided" and known:
        return f"{known.sentence}, which said {'yes' if facts.get('allowed') else 'no'}"
    return known.sentence if known else event


def facts_told(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The facts of an entry as pairs of label and words; what is empty is left out."""
    said = [(_LABELS.get(key, key.replace("_", " ")), _said(value)) for key, value in facts.items()]
    return [(label, words) for label, words in said if words]


def _said(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _listed(key for keys in value.values() for key in (keys if isinstance(keys, list) else [keys]))
    if isinstance(value, list):
        return _listed(value)
    text = str(value)
    return _WORDS.get(text, _instant(text))


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(_said(value) for value in values)


def _instant(text: str) -> str:
    """An instant of the ledger without its microseconds; anything else as it is."""
    if not (text.endswith("Z") and "T" in text):
        return text
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M:%S} UTC"
    except ValueError:
        return text
