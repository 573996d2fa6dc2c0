"""Who signed a consent against who had to (45 CFR 164.502(f), (g); R7, R22, R26-R30)."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from consent.people.rules import AUTHORITIES_FOR_ADULTS, AUTHORITIES_FOR_MINORS

from .scope import Problem
from .terms import (
    EXECUTOR,
    REPRESENTATIVE,
    PersonFacts,
    Terms,
    majority,
    signed_for_a_minor,
    signed_under_age,
)


def wrong_signer(terms: Terms, person: PersonFacts, at: datetime) -> Iterator[Problem]:
    """Every reason why whoever signed could not decide for `person`, or can no longer at `at`."""
    represented = terms.signer_role == REPRESENTATIVE
    if represented and not (terms.authority and terms.authority_described):
        yield Problem("SIGNER_AUTHORITY_MISSING")
    elif is_dead(person, terms.zone, at):
        yield from _executor(terms, at)
    elif represented:
        yield from _representative(terms, person, at)
    elif signed_under_age(terms, person) and not (person.emancipated or person.own_consent_service):
        yield Problem("SIGNER_NOT_AUTHORIZED", terms.signed_at)


def is_dead(person: PersonFacts, zone: str, at: datetime) -> bool:
    """Whether the person has died by `at`, a day in `zone`."""
    return person.deceased_on is not None and person.deceased_on <= at.astimezone(ZoneInfo(zone)).date()


def _executor(terms: Terms, at: datetime) -> Iterator[Problem]:
    """After a death only the executor's signature counts; what the dead signed themselves no longer does (R30)."""
    executor = terms.signer_role == REPRESENTATIVE and terms.authority == EXECUTOR
    if not (executor and terms.authority_verified):
        yield Problem("DECEASED_REP_REQUIRED")
    elif _lost_authority(terms, at):
        yield Problem("SIGNER_NOT_AUTHORIZED", terms.authority_ended_at)


def _representative(terms: Terms, person: PersonFacts, at: datetime) -> Iterator[Problem]:
    """A representative signed for a living person: the right kind, verified, still standing, not past 18."""
    under_age = signed_under_age(terms, person)
    accepted = AUTHORITIES_FOR_MINORS if under_age and not person.emancipated else AUTHORITIES_FOR_ADULTS
    if terms.authority not in accepted or not terms.authority_verified or _lost_authority(terms, at):
        yield Problem("SIGNER_NOT_AUTHORIZED", terms.authority_ended_at if _has_ended(terms, at) else None)
    elif under_age and person.own_consent_service:
        yield Problem("MINOR_OWN_CONSENT_REQUIRED")
    grown = majority(person.born, terms.zone)
    if grown is not None and signed_for_a_minor(terms, person) and at >= grown:
        yield Problem("MINOR_NOW_ADULT")  # the day would be the birthday, which few may know (R54)


def _lost_authority(terms: Terms, at: datetime) -> bool:
    """Ended, or excluded for the person's safety (R29)."""
    return terms.representative_excluded or _has_ended(terms, at)


def _has_ended(terms: Terms, at: datetime) -> bool:
    return terms.authority_ended_at is not None and terms.authority_ended_at <= at
