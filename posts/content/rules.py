"""Exactly what would be sent, and its digest. An approval is given to a digest; one changed letter voids it (R43)."""

import hashlib
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
