"""What is done with a form on paper, from the printer to the record."""

from .keying import KeyedByTheSame, NotSettled, key_form, say_original, settle
from .printing import print_form
from .returning import Returned, keep_scans

__all__ = [
    "KeyedByTheSame",
    "NotSettled",
    "Returned",
    "keep_scans",
    "key_form",
    "print_form",
    "say_original",
    "settle",
]
