"""Whether a consent as a whole holds for its person at an instant, and every reason why not."""

from collections.abc import Iterator
from datetime import datetime

from consent.wording.rules import REQUIRED_ELEMENTS, REQUIRED_STATEMENTS

from .scope import Problem
from .signer import wrong_signer
from .terms import PersonFacts, Terms, end_of_day

ENDING_EVENTS = frozenset({"end_of_treatment", "end_of_employment", "end_of_campaign"})

# A form that was found is recorded as it is; what is wrong with it makes it invalid, each for its own reason.
DEFECTS = {
    "compound": "COMPOUND_AUTHORIZATION",
    "conditioned": "CONDITIONED_AUTHORIZATION",
    "capacity_in_doubt": "CAPACITY_NOT_ATTESTED",
    "translation_stale": "TRANSLATION_VERSION_MISMATCH",
    "not_signed": "FORM_ELEMENT_MISSING",
    "not_dated": "FORM_ELEMENT_MISSING",
    "misdated": "FORM_ELEMENT_MISSING",
    "not_filled_out": "FORM_ELEMENT_MISSING",
    "pages_missing": "FORM_ELEMENT_MISSING",
    "another_name": "SIGNER_NOT_AUTHORIZED",
    "assent_refused": "SIGNER_NOT_AUTHORIZED",
}


def problems(terms: Terms, person: PersonFacts, at: datetime) -> Iterator[Problem]:
    """Every reason why the consent as a whole does not hold for `person` at the instant `at`."""
    yield from _withdrawn(terms, person, at)
    yield from _outside_its_time(terms, at)
    yield from _form_defects(terms, at)
    if terms.kind == "authorization":
        yield from wrong_signer(terms, person, at)


def holds(terms: Terms, person: PersonFacts, at: datetime) -> bool:
    """Whether the consent as a whole holds at `at`; what it covers is another question."""
    return next(problems(terms, person, at), None) is None


def _withdrawn(terms: Terms, person: PersonFacts, at: datetime) -> Iterator[Problem]:
    """Revoked, on hold, or invalidated (R13, R17). A revocation counts from its receipt, a hold at once."""
    whole = [r.received_at for r in terms.revocations if not r.part]
    whole = [moment for moment in (*whole, terms.withdrawn_elsewhere_at) if moment and moment <= at]
    if whole:
        yield Problem("CONSENT_REVOKED", min(whole))
    held = [moment for moment in (person.held_since, terms.held_since) if moment and moment <= at]
    if held:
        yield Problem("CONSENT_SUSPENDED", min(held))
    if terms.invalidated and (terms.invalidated_at is None or terms.invalidated_at <= at):
        yield Problem("CONSENT_FALSE_INFO", terms.invalidated_at)


def _outside_its_time(terms: Terms, at: datetime) -> Iterator[Problem]:
    """Not yet in effect, past its date, its event has occurred, or it names no end (R6, R53)."""
    if at < terms.effective_from:
        yield Problem("CONSENT_NOT_YET_EFFECTIVE", terms.effective_from)
    if terms.ends_on is not None and at >= end_of_day(terms.ends_on, terms.zone):
        yield Problem("CONSENT_EXPIRED", end_of_day(terms.ends_on, terms.zone))
    elif terms.event_occurred_at is not None and terms.event_occurred_at <= at:
        yield Problem("CONSENT_EXPIRED", terms.event_occurred_at)
    if terms.ends_event == "none":
        yield Problem("EXPIRY_NONE_NOT_ALLOWED")
    elif terms.ends_on is None and terms.ends_event not in ENDING_EVENTS:
        yield Problem("EXPIRY_BLANK")


def _form_defects(terms: Terms, at: datetime) -> Iterator[Problem]:
    """What the form or its signing lacks (R3-R12, R15, R16, R43, R71, R94)."""
    if terms.kind == "authorization":
        yield from _anchors(terms)
    yield from _defects(terms)
    if terms.wording_effective_from is None or terms.signed_at < terms.wording_effective_from:
        yield Problem("SIGNATURE_BEFORE_FORM_VERSION", terms.wording_effective_from)
    if not terms.evidence_complete:
        yield Problem("SIGNATURE_EVIDENCE_INCOMPLETE")
    if not terms.language_understood:
        yield Problem("FORM_LANGUAGE_MISMATCH")
    if terms.copy_given_at is None or terms.copy_given_at > at:
        yield Problem("COPY_NOT_PROVIDED")


def _defects(terms: Terms) -> Iterator[Problem]:
    """What was found wrong with the form, or nobody has attested (R15, R16, R31, R95)."""
    found = set(terms.defects)
    if terms.kind == "authorization" and not terms.capacity_attested:
        found.add("capacity_in_doubt")
    if not terms.translation_current:
        found.add("translation_stale")
    for defect in sorted(found):
        yield Problem(DEFECTS.get(defect, "FORM_ELEMENT_MISSING"), keys=(defect,))


def _anchors(terms: Terms) -> Iterator[Problem]:
    """Core elements and required statements that the signed text lacks (45 CFR 164.508(c)(1), (2))."""
    for code, required in (
        ("FORM_ELEMENT_MISSING", REQUIRED_ELEMENTS),
        ("FORM_STATEMENT_MISSING", REQUIRED_STATEMENTS),
    ):
        missing = tuple(key for key in required if key not in terms.anchors)
        if missing:
            yield Problem(code, keys=missing)
