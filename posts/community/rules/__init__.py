"""Pure questions about stories: their addresses, who is who in them, what we ask, and how far it is."""

from .addresses import AddressRefused, Found, found_at, lookalike_letters, same_handle
from .asking import (
    LANGUAGES,
    LAPSES_AFTER,
    REMIND_AFTER,
    Asked,
    Terms,
    private_text,
    public_text,
)
from .parts import PartFacts, open_questions
from .standing import ENDED, STEPS, RequestFacts, standing_of

__all__ = [
    "ENDED",
    "LANGUAGES",
    "LAPSES_AFTER",
    "REMIND_AFTER",
    "STEPS",
    "AddressRefused",
    "Asked",
    "Found",
    "PartFacts",
    "RequestFacts",
    "Terms",
    "found_at",
    "lookalike_letters",
    "open_questions",
    "private_text",
    "public_text",
    "same_handle",
    "standing_of",
]
