"""What is filled in at the desk about permissions."""

from .asking import AskAgainForm
from .ending import HAPPENED, EndingEventForm, InvalidateForm, NotaryForm, RevokeForm
from .holding import ALL, LegalHoldForm, LiftForm, because
from .paper import CopyForm, PaperForm

__all__ = [
    "ALL",
    "HAPPENED",
    "AskAgainForm",
    "CopyForm",
    "EndingEventForm",
    "InvalidateForm",
    "LegalHoldForm",
    "LiftForm",
    "NotaryForm",
    "PaperForm",
    "RevokeForm",
    "because",
]
