"""What the rules know of a person and of one consent, and when it ends by date."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .scope import RevocationFact, Scope

MAJORITY = 18
EXECUTOR, REPRESENTATIVE = "executor", "personal_representative"


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What about a person decides who must sign and whether anyone may publish. Unknown stays None.

    What would open the gate by being forgotten has no default: a birth date, a death, a hold. `patient` says that they
    are on record as a patient, today or once; decisions from before it was asked do not hold it.
    """

    id: int
    born: date | None
    deceased_on: date | None
    emancipated: bool = False
    own_consent_service: bool
    held_since: datetime | None
    patient: bool = False

    @classmethod
    def unknown(cls, person_id: int) -> "PersonFacts":
        """Someone of whom nothing is on record, hence no consent either."""
        return cls(id=person_id, born=None, deceased_on=None, own_consent_service=False, held_since=None)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One consent with every later fact about it. The defaults are those of an empty form: nothing holds.

    What would open the gate by being forgotten has no default: whatever ends, suspends or spoils a consent.
    `print_points` is the smallest type of the signed form; `uses` holds up to two references of electronic
    disclosures that rested on it, enough to tell whether there was another than the one in question.
    `withdrawn_elsewhere_at` is when the same human being, entered twice, withdrew on the other record what this
    consent had allowed before.
    """

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
    authority_ended_at: datetime | None
    representative_excluded: bool
    ends_on: date | None
    ends_event: str
    event_occurred_at: datetime | None
    wording_effective_from: datetime | None = None
    anchors: frozenset[str] = frozenset()
    defects: frozenset[str]
    evidence_complete: bool = False
    capacity_attested: bool = False
    copy_given_at: datetime | None = None
    language_understood: bool = False
    translation_current: bool = False
    print_points: int | None = None
    stands_alone: bool = False
    longer_on_request: bool = False
    notarized_on: date | None = None
    uses: frozenset[str]
    invalidated: str
    invalidated_at: datetime | None
    held_since: datetime | None
    withdrawn_elsewhere_at: datetime | None
    revocations: tuple[RevocationFact, ...]


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


def last_instant(
    *, signer_role: str, signed_at: datetime, zone: str, ends_on: date | None, born: date | None
) -> datetime | None:
    """The first instant at which a consent so signed no longer holds by date (R6, R28)."""
    ends = [end_of_day(ends_on, zone)] if ends_on else []
    grown = majority(born, zone)
    if grown and signer_role == REPRESENTATIVE and signed_at < grown:
        ends.append(grown)
    return min(ends) if ends else None


def ends_at(terms: Terms, person: PersonFacts) -> datetime | None:
    """The first instant at which the consent no longer holds by date (R6, R28)."""
    return last_instant(
        signer_role=terms.signer_role,
        signed_at=terms.signed_at,
        zone=terms.zone,
        ends_on=terms.ends_on,
        born=person.born,
    )


def ends_on_a_birthday(terms: Terms, person: PersonFacts) -> bool:
    """Whether what ends the consent first is the 18th birthday: a day that few may know (R28, R54)."""
    end = ends_at(terms, person)
    return end is not None and end == majority(person.born, terms.zone) and signed_for_a_minor(terms, person)


def signed_for_a_minor(terms: Terms, person: PersonFacts) -> bool:
    """Whether a representative signed while the person was under 18."""
    return terms.signer_role == REPRESENTATIVE and signed_under_age(terms, person)


def signed_under_age(terms: Terms, person: PersonFacts) -> bool:
    """Under 18 when it was signed; an unknown birth date counts as adult, as the form says (Part A)."""
    grown = majority(person.born, terms.zone)
    return grown is not None and terms.signed_at < grown
