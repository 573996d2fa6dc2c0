"""What is filled in at the desk about permissions."""

from .ending import HAPPENED, EndingEventForm, InvalidateForm, NotaryForm, RevokeForm
from .paper import CopyForm, PaperForm

__all__ = [
    "HAPPENED",
    "CopyForm",
    "EndingEventForm",
    "InvalidateForm",
    "NotaryForm",
    "PaperForm",
    "RevokeForm",
]
