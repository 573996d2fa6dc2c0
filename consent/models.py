"""Table of contents: every model of the app, by room."""

from .access.models import Location, LocationFacts, Membership, Practice, Recipient, User
from .audit.models import ChainHead, Checkpoint, LedgerEntry
from .evidence.models import CopyGiven, Document, Signature, SignatureMark, SignedDocument
from .media.models import Appearance, Asset, Rendition
from .outbox.models import OutgoingMail
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
    Disagreement,
    Disclosure,
    Disposal,
    EndingEvent,
    Hold,
    HolderLink,
    Invalidation,
    LegalHold,
    Notarization,
    QuietTime,
    Refusal,
    RenewalRequest,
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
    "Connection",
    "Consent",
    "ContactPoint",
    "CopyGiven",
    "Disagreement",
    "Disclosure",
    "Disposal",
    "Document",
    "EndingEvent",
    "Hold",
    "HolderLink",
    "Identifier",
    "Invalidation",
    "LedgerEntry",
    "LegalHold",
    "Location",
    "LocationFacts",
    "Membership",
    "Merge",
    "NameWord",
    "Notarization",
    "OutgoingMail",
    "Person",
    "PersonName",
    "PinTry",
    "Policy",
    "PolicyAttestation",
    "Practice",
    "QuietTime",
    "Recipient",
    "Refusal",
    "Relation",
    "Rendition",
    "RenewalRequest",
    "Representation",
    "Revocation",
    "Signature",
    "SignatureMark",
    "SignedDocument",
    "Template",
    "Training",
    "User",
    "Wording",
]
