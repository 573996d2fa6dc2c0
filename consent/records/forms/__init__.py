"""What is filled in at the desk about permissions."""

from .disagreeing import DisagreementForm, SettleForm
from .ending import HAPPENED, EndingEventForm, InvalidateForm, NotaryForm, RevokeForm
from .holding import ALL, LegalHoldForm, LiftForm, because
from .paper import CopyForm, PaperForm

__all__ = [
    "ALL",
    "HAPPENED",
    "CopyForm",
    "DisagreementForm",
    "EndingEventForm",
    "InvalidateForm",
    "LegalHoldForm",
    "LiftForm",
    "NotaryForm",
    "PaperForm",
    "RevokeForm",
    "SettleForm",
    "because",
]
