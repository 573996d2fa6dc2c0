"""Store and seal documents, keep the certificates they are sealed with, hand out copies, open what was stored."""

from .certificates import bring_certificate, rotate_certificate, sealing_keys
from .documents import NotSealedYet, give_copy, open_document, seal, store_document
from .renewing import renew_due

__all__ = [
    "NotSealedYet",
    "bring_certificate",
    "give_copy",
    "open_document",
    "renew_due",
    "rotate_certificate",
    "seal",
    "sealing_keys",
    "store_document",
]
