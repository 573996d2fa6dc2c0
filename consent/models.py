"""Table of contents: every model of the app, by room."""

from .access.models import Location, LocationFacts, Membership, Practice, Recipient, User
from .audit.models import ChainHead, Checkpoint, LedgerEntry
from .evidence.models import CopyGiven, Document, SealCertificate, Signature, SignatureMark, SignedDocument
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
    Disclosure,
    Disposal,
    EndingEvent,
    Hold,
    HolderLink,
    Invalidation,
    LegalHold,
    Notarization,
    Reask,
    Revocation,
)
from .signing.models import Ceremony, CeremonyEvent, Exhibit, OneTimeCode, PinTry, SignerLink
from .wording.models import Draft, DraftSave, Template, Wording
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
    "Disclosure",
    "Disposal",
    "Document",
    "Draft",
    "DraftSave",
    "EndingEvent",
    "Exhibit",
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
    "OneTimeCode",
    "OutgoingMail",
    "Person",
    "PersonName",
    "PinTry",
    "Policy",
    "PolicyAttestation",
    "Practice",
    "Reask",
    "Recipient",
    "Relation",
    "Rendition",
    "Representation",
    "Revocation",
    "SealCertificate",
    "Signature",
    "SignatureMark",
    "SignedDocument",
    "SignerLink",
    "Template",
    "Training",
    "User",
    "Wording",
]
