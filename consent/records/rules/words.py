"""What a badge's codes mean, in words for the people at the desk; the gate has its own, for posts."""

SENTENCES = {
    "CONSENT_SUSPENDED": "We were asked to stop. Nothing new goes out until it is settled.",
    "CONSENT_REVOKED": "They took the permission back.",
    "CONSENT_FALSE_INFO": "The record was marked as wrong.",
    "CONSENT_NOT_YET_EFFECTIVE": "It is not in effect yet.",
    "CONSENT_EXPIRED": "Its time is over.",
    "MINOR_NOW_ADULT": "The child has turned 18 and decides now.",
    "EXPIRY_BLANK": "It names no day or event on which it ends.",
    "EXPIRY_NONE_NOT_ALLOWED": "It says that it never ends, which is not allowed.",
    "FORM_ELEMENT_MISSING": "The form lacks something that the law asks for.",
    "FORM_STATEMENT_MISSING": "The form lacks a statement that the law asks for.",
    "COMPOUND_AUTHORIZATION": "It was signed together with another document.",
    "CONDITIONED_AUTHORIZATION": "Care was made to depend on it.",
    "CAPACITY_NOT_ATTESTED": "It is in doubt whether they could decide when they signed.",
    "TRANSLATION_VERSION_MISMATCH": "The translation did not match the form in use.",
    "SIGNATURE_BEFORE_FORM_VERSION": "It was signed before this form was in use.",
    "SIGNATURE_EVIDENCE_INCOMPLETE": "The signed document is not stored yet.",
    "FORM_LANGUAGE_MISMATCH": "The form was not in the signer’s language and no interpreter is named.",
    "COPY_NOT_PROVIDED": "The signer has not been given a copy.",
    "SIGNER_AUTHORITY_MISSING": "The right to sign for them is not described.",
    "SIGNER_NOT_AUTHORIZED": "Whoever signed had no right to sign for them, or has it no more.",
    "MINOR_OWN_CONSENT_REQUIRED": "The teen decides alone about this care and must sign.",
    "DECEASED_REP_REQUIRED": "The person has died; only an executor can give permission.",
}


def sentences(codes: tuple[str, ...]) -> list[str]:
    """The codes as sentences, each once."""
    return list(dict.fromkeys(SENTENCES[code] for code in codes))
