"""Consents, what ends them, what keeps them: the room's models."""

from .consents import Consent, Disclosure, HolderLink, Notarization
from .ending import Disagreement, EndingEvent, Hold, Invalidation, Revocation
from .keeping import Disposal, LegalHold
from .renewing import QuietTime, Reask, Refusal, RenewalRequest

__all__ = [
    "Consent",
    "Disagreement",
    "Disclosure",
    "Disposal",
    "EndingEvent",
    "Hold",
    "HolderLink",
    "Invalidation",
    "LegalHold",
    "Notarization",
    "QuietTime",
    "Reask",
    "Refusal",
    "RenewalRequest",
    "Revocation",
]
