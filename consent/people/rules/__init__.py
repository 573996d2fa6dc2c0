"""Pure questions about people: how names are found, what was typed, who must sign. No Django."""

from .names import NAME_LENGTH, FieldRefused, checked_name, folded, folded_terms, folded_words
from .roster import OnRecord, hashed
from .signers import (
    ADULT_FORM,
    ASSENT_FROM,
    AUTHORITIES_FOR_ADULTS,
    AUTHORITIES_FOR_MINORS,
    MAJORITY,
    MINOR_FORM,
    RepresentationFacts,
    SignerFacts,
    SignerRule,
    age_on,
    authority_stands,
    is_minor,
    who_must_sign,
)
from .typed import checked_birth, normal_contact, said, typed_date

__all__ = [
    "ADULT_FORM",
    "ASSENT_FROM",
    "AUTHORITIES_FOR_ADULTS",
    "AUTHORITIES_FOR_MINORS",
    "MAJORITY",
    "MINOR_FORM",
    "NAME_LENGTH",
    "FieldRefused",
    "OnRecord",
    "RepresentationFacts",
    "SignerFacts",
    "SignerRule",
    "age_on",
    "authority_stands",
    "checked_birth",
    "checked_name",
    "folded",
    "folded_terms",
    "folded_words",
    "hashed",
    "is_minor",
    "normal_contact",
    "said",
    "typed_date",
    "who_must_sign",
]
