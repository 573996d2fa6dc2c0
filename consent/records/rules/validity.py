"""Whether a consent as a whole holds for its person at an instant, and every reason why not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from consent.wording.rules import REQUIRED_ELEMENTS, REQUIRED_STATEMENTS

from .scope import Problem, RevocationFact, Scope

MAJORITY = 18
EXECUTOR, REPRESENTATIVE = "executor", "personal_representative"
PARENTS = frozenset({"parent", "guardian"})
AUTHORITIES = PARENTS | {"health_care_agent", EXECUTOR, "other"}
ENDING_EVENTS = frozenset({"end_of_treatment", "end_of_employment", "end_of_campaign"})

# A form that was found is recorded as it is; what is wrong with it makes it invalid, each for its own reason.
DEFECTS = {
    "compound": "COMPOUND_AUTHORIZATION",
    "conditioned": "CONDITIONED_AUTHORIZATION",
    "capacity_in_doubt": "CAPACITY_NOT_ATTESTED",
    "translation_stale": "TRANSLATION_VERSION_MISMATCH",
}


@dataclass(frozen=True)
class PersonFacts:
    """What about a person decides who must sign and whether anyone may publish. Unknown stays None."""

    id: int
    born: date | None = None
    deceased_on: date | None = None
    emancipated: bool = False
    own_consent_service: bool = False
    held_since: datetime | None = None


@dataclass(frozen=True)
class Terms:
    """One consent with every later fact about it. The defaults are those of an empty form: nothing holds."""

    consent_id: int
    kind: str
    person_id: int
    signer_role: str
    signed_at: datetime
    effective_from: datetime
    zone: str
    scope: Scope = field(default_factory=Scope)
    discloser: str = ""
    authority: str = ""
    authority_described: bool = False
    authority_verified: bool = False
    authority_ended_at: datetime | None = None
    representative_excluded: bool = False
    ends_on: date | None = None
    ends_event: str = ""
    event_occurred_at: datetime | None = None
    wording_effective_from: datetime | None = None
    anchors: frozenset[str] = frozenset()
    defects: frozenset[str] = frozenset()
    evidence_complete: bool = False
    copy_given: bool = False
    language_understood: bool = False
    invalidated: str = ""
    invalidated_at: datetime | None = None
    revocations: tuple[RevocationFact, ...] = ()


def end_of_day(day: date, zone: str) -> datetime:
    """The first instant after `day` in `zone`: a date means the end of that day at the practice (R53)."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))


def _birthday(born: date, years: int) -> date:
    """The day someone born on `born` becomes `years` old; born on 29 February, on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def majority(born: date | None, zone: str) -> datetime | None:
    """The first instant of the 18th birthday in `zone`."""
    return None if born is None else datetime.combine(_birthday(born, MAJORITY), time.min, ZoneInfo(zone))


def ends_at(terms: Terms, person: PersonFacts) -> datetime | None:
    """The first instant at which the consent no longer holds by date (R6, R28)."""
    ends = [end_of_day(terms.ends_on, terms.zone)] if terms.ends_on else []
    grown = majority(person.born, terms.zone)
    if grown and signed_for_a_minor(terms, person):
        ends.append(grown)
    return min(ends) if ends else None


def signed_for_a_minor(terms: Terms, person: PersonFacts) -> bool:
    """Whether a representative signed while the person was under 18."""
    grown = majority(person.born, terms.zone)
    return terms.signer_role == REPRESENTATIVE and grown is not None and terms.signed_at < grown


def problems(terms: Terms, person: PersonFacts, at: datetime) -> Iterator[Problem]:
    """Every reason why the consent as a whole does not hold for `person` at the instant `at`."""
    yield from _withdrawn(terms, person, at)
    yield from _outside_its_time(terms, at)
    yield from _form_defects(terms)
    if terms.kind == "authorization":
        yield from _wrong_signer(terms, person, at)


def holds(terms: Terms, person: PersonFacts, at: datetime) -> bool:
    """Whether the consent as a whole holds at `at`; what it covers is another question."""
    return next(problems(terms, person, at), None) is None


def _withdrawn(terms: Terms, person: PersonFacts, at: datetime) -> Iterator[Problem]:
    """Revoked, on hold, or invalidated (R13, R17). A revocation counts from its receipt, a hold at once."""
    whole = [r.received_at for r in terms.revocations if not r.part and r.received_at <= at]
    if whole:
        yield Problem("CONSENT_REVOKED", min(whole))
    if person.held_since is not None and person.held_since <= at:
        yield Problem("CONSENT_SUSPENDED", person.held_since)
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


def _form_defects(terms: Terms) -> Iterator[Problem]:
    """What the form or its signing lacks (R3-R12, R15, R16, R43, R71, R94)."""
    if terms.kind == "authorization":
        yield from _anchors(terms)
    for defect in sorted(terms.defects):
        yield Problem(DEFECTS.get(defect, "FORM_ELEMENT_MISSING"), keys=(defect,))
    if terms.wording_effective_from is None or terms.signed_at < terms.wording_effective_from:
        yield Problem("SIGNATURE_BEFORE_FORM_VERSION", terms.wording_effective_from)
    if not terms.evidence_complete:
        yield Problem("SIGNATURE_EVIDENCE_INCOMPLETE")
    if not terms.language_understood:
        yield Problem("FORM_LANGUAGE_MISMATCH")
    if not terms.copy_given:
        yield Problem("COPY_NOT_PROVIDED")


def _anchors(terms: Terms) -> Iterator[Problem]:
    """Core elements and required statements that the signed text lacks (45 CFR 164.508(c)(1), (2))."""
    for code, required in (
        ("FORM_ELEMENT_MISSING", REQUIRED_ELEMENTS),
        ("FORM_STATEMENT_MISSING", REQUIRED_STATEMENTS),
    ):
        missing = tuple(key for key in required if key not in terms.anchors)
        if missing:
            yield Problem(code, keys=missing)


def _wrong_signer(terms: Terms, person: PersonFacts, at: datetime) -> Iterator[Problem]:
    """Who signed against who must (45 CFR 164.502(f), (g); R7, R26-R30)."""
    represented = terms.signer_role == REPRESENTATIVE
    if represented and not (terms.authority and terms.authority_described):
        yield Problem("SIGNER_AUTHORITY_MISSING")
        return
    if person.deceased_on is not None and person.deceased_on <= at.astimezone(ZoneInfo(terms.zone)).date():
        if not (represented and terms.authority == EXECUTOR and terms.authority_verified):
            yield Problem("DECEASED_REP_REQUIRED")
        return
    if represented:
        yield from _representative(terms, person, at)
    elif _minor_at_signing(terms, person) and not (person.emancipated or person.own_consent_service):
        yield Problem("SIGNER_NOT_AUTHORIZED", terms.signed_at)


def _representative(terms: Terms, person: PersonFacts, at: datetime) -> Iterator[Problem]:
    """A representative signed for a living person."""
    ended = terms.authority_ended_at is not None and terms.authority_ended_at <= at
    if (
        terms.authority not in AUTHORITIES
        or not terms.authority_verified
        or terms.representative_excluded
        or ended
    ):
        yield Problem("SIGNER_NOT_AUTHORIZED", terms.authority_ended_at if ended else None)
    elif _minor_at_signing(terms, person) and person.own_consent_service:
        yield Problem("MINOR_OWN_CONSENT_REQUIRED")
    grown = majority(person.born, terms.zone)
    if grown is not None and signed_for_a_minor(terms, person) and at >= grown:
        yield Problem("MINOR_NOW_ADULT", grown)


def _minor_at_signing(terms: Terms, person: PersonFacts) -> bool:
    """Under 18 when it was signed; an unknown birth date counts as adult, as the form says (Part A)."""
    grown = majority(person.born, terms.zone)
    return grown is not None and terms.signed_at < grown
