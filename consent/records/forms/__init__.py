"""What is filled in at the desk about permissions."""

from .asking import AskAgainForm
from .ending import HAPPENED, EndingEventForm, InvalidateForm, NotaryForm, RevokeForm
from .paper import CopyForm, PaperForm

__all__ = [
    "HAPPENED",
    "AskAgainForm",
    "CopyForm",
    "EndingEventForm",
    "InvalidateForm",
    "NotaryForm",
    "PaperForm",
    "RevokeForm",
]
