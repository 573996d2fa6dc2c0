"""Table of contents: every model of the app, by room."""

from .access.models import Location, LocationFacts, Membership, Practice, User
from .audit.models import ChainHead, Checkpoint, LedgerEntry
from .evidence.models import CopyGiven, Document, Signature, SignatureMark, SignedDocument
from .media.models import Appearance, Asset, Rendition
from .outbox.models import OutgoingMail
from .people.models import (
    ContactPoint,
    Identifier,
    Merge,
    NameWord,
    Person,
    PersonName,
    Relation,
    Representation,
)
from .records.models import Consent, EndingEvent, Hold, HolderLink, Invalidation, Revocation
from .signing.models import Ceremony, CeremonyEvent, PinTry
from .wording.models import Template, Wording

__all__ = [
    "Appearance",
    "Asset",
    "Ceremony",
    "CeremonyEvent",
    "ChainHead",
    "Checkpoint",
    "Consent",
    "ContactPoint",
    "CopyGiven",
    "Document",
    "EndingEvent",
    "Hold",
    "HolderLink",
    "Identifier",
    "Invalidation",
    "LedgerEntry",
    "Location",
    "LocationFacts",
    "Membership",
    "Merge",
    "NameWord",
    "OutgoingMail",
    "Person",
    "PersonName",
    "PinTry",
    "Practice",
    "Relation",
    "Rendition",
    "Representation",
    "Revocation",
    "Signature",
    "SignatureMark",
    "SignedDocument",
    "Template",
    "User",
    "Wording",
]
