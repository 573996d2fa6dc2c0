"""Exactly what would be sent, and its digest. An approval is given to a digest; one changed letter voids it (R43)."""

import hashlib
import re
from dataclasses import dataclass

from consent.audit.rules import canonical


@dataclass(frozen=True)
class PayloadMedia:
    """A picture as it would be sent."""

    sha256: str
    storage_key: str
    media_type: str
    width: int
    height: int
    alt_text: str


@dataclass(frozen=True)
class DeclaredPerson:
    """Whom the author declared: in the words (`asset` None) or in a picture, with which elements."""

    person: int
    elements: tuple[str, ...]
    capacity: str
    asset: int | None = None


@dataclass(frozen=True)
class Payload:
    """One version to the byte, with the people declared in it: what a reviewer approves and an adapter is given."""

    version: int
    account: int
    kind: str
    format: str
    purpose: str
    paid: bool
    third_party_pays: bool
    caption: str
    disclosure: str
    media: tuple[PayloadMedia, ...]
    people: tuple[DeclaredPerson, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over everything that would be sent and everyone declared, in hex."""
        content = {
            "version": self.version,
            "account": self.account,
            "kind": self.kind,
            "format": self.format,
            "purpose": self.purpose,
            "paid": self.paid,
            "third_party_pays": self.third_party_pays,
            "caption": self.caption,
            "disclosure": self.disclosure,
            "media": [[media.sha256, media.alt_text] for media in self.media],
            "people": [
                [person.person, list(person.elements), person.capacity, person.asset]
                for person in self.people
            ],
        }
        return hashlib.sha256(canonical(content)).hexdigest()


def combined_digest(digests: list[str]) -> str:
    """One digest for all versions of a post, whatever their order."""
    return hashlib.sha256("".join(sorted(digests)).encode("ascii")).hexdigest()


# Longest texts, in characters. Networks have shorter limits of their own (posts.planning.rules).
CAPTION_LIMIT, TITLE_LIMIT, ALT_LIMIT, DISCLOSURE_LIMIT = 20_000, 120, 2_000, 300


# Characters that XML cannot hold, so no feed could: one of them would break the whole wall's.
UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ContentRefused(ValueError):
    """Something written cannot be kept: `field` names it, the message says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def checked_title(text: str) -> str:
    """The post's name for the list. Raises `ContentRefused`."""
    if not text.strip():
        raise ContentRefused("title", "Give the post a name, for your own list.")
    return _fitting("title", "The name of the post", text.strip(), TITLE_LIMIT)


def checked_caption(text: str, channel: str) -> str:
    """The words, to the letter as typed, with line ends of one kind. Raises `ContentRefused`."""
    return _fitting("caption", f"The text for {channel}", text.replace("\r\n", "\n"), CAPTION_LIMIT)


def checked_alt(text: str, number: int) -> str:
    """A picture's description. Raises `ContentRefused`."""
    return _fitting("alt_text", f"The description of picture {number}", text, ALT_LIMIT)


def checked_disclosure(text: str) -> str:
    """The sentence that says who pays. Raises `ContentRefused`."""
    return _fitting("disclosure", "The sentence that says who pays", text.strip(), DISCLOSURE_LIMIT)


def _fitting(field: str, name: str, text: str, limit: int) -> str:
    """`text`, if it can be stored and is short enough."""
    if UNSENDABLE.search(text):
        raise ContentRefused(field, f"{name} holds a character that cannot be stored. Type it again.")
    if len(text) > limit:
        over = len(text) - limit
        raise ContentRefused(
            field,
            f"{name} is {len(text):,} characters long; at most {limit:,} are kept. Shorten it by {over:,}.",
        )
    return text
