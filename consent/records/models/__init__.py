"""Consents, what ends them, what keeps them: the room's models."""

from .consents import Consent, Disclosure, HolderLink, Notarization
from .ending import Disagreement, EndingEvent, Hold, Invalidation, Revocation
from .keeping import Disposal, LegalHold

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
    "Revocation",
]
