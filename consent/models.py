"""Table of contents: every model of the app, by room."""

from .access.models import Location, LocationFacts, Membership, Practice, Recipient, User
from .audit.models import ChainHead, Checkpoint, LedgerEntry
from .evidence.models import CopyGiven, Document, Signature, SignatureMark, SignedDocument
from .media.models import Appearance, Asset, Rendition
from .outbox.models import OutgoingMail
from .paper.models import Comparison, Keying, Original, Printing, Scan
from .people.models import (
    Connection,
    ContactPoint,
    Identifier,
    Merge,
    NameWord,
    Person,
    PersonName,
    Relation,
    Representation,
)
from .records.models import (
    Consent,
    Disclosure,
    Disposal,
    EndingEvent,
    Hold,
    HolderLink,
    Invalidation,
    LegalHold,
    Notarization,
    Revocation,
)
from .signing.models import Ceremony, CeremonyEvent, PinTry
from .wording.models import Template, Wording
from .workforce.models import Policy, PolicyAttestation, Training

__all__ = [
    "Appearance",
    "Asset",
    "Ceremony",
    "CeremonyEvent",
    "ChainHead",
    "Checkpoint",
    "Comparison",
    "Connection",
    "Consent",
    "ContactPoint",
    "CopyGiven",
    "Disclosure",
    "Disposal",
    "Document",
    "EndingEvent",
    "Hold",
    "HolderLink",
    "Identifier",
    "Invalidation",
    "Keying",
    "LedgerEntry",
    "LegalHold",
    "Location",
    "LocationFacts",
    "Membership",
    "Merge",
    "NameWord",
    "Notarization",
    "Original",
    "OutgoingMail",
    "Person",
    "PersonName",
    "PinTry",
    "Policy",
    "PolicyAttestation",
    "Practice",
    "Printing",
    "Recipient",
    "Relation",
    "Rendition",
    "Representation",
    "Revocation",
    "Scan",
    "Signature",
    "SignatureMark",
    "SignedDocument",
    "Template",
    "Training",
    "User",
    "Wording",
]
