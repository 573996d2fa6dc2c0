"""What is filled in at the desk about permissions."""

from .asking import AskAgainForm
from .disagreeing import DisagreementForm, SettleForm
from .ending import HAPPENED, EndingEventForm, InvalidateForm, NotaryForm, RevokeForm
from .holding import ALL, LegalHoldForm, LiftForm, because
from .paper import CopyForm, PaperForm
from .quieting import SELF, QuietForm, RefusalForm

__all__ = [
    "ALL",
    "HAPPENED",
    "SELF",
    "AskAgainForm",
    "CopyForm",
    "DisagreementForm",
    "EndingEventForm",
    "InvalidateForm",
    "LegalHoldForm",
    "LiftForm",
    "NotaryForm",
    "PaperForm",
    "QuietForm",
    "RefusalForm",
    "RevokeForm",
    "SettleForm",
    "because",
]
