"""Who must sign for a person on a day, and whose authority stands. No Django.

45 CFR 164.502(g) (personal representatives), 164.502(f) (the dead); R7, R26-R30.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

MAJORITY = 18
ASSENT_FROM = 7
ADULT_FORM, MINOR_FORM = "authorization_adult", "authorization_minor"
AUTHORITIES_FOR_MINORS = frozenset({"parent", "guardian", "other"})
AUTHORITIES_FOR_ADULTS = frozenset({"guardian", "health_care_agent", "other"})
AUTHORITIES_FOR_THE_DEAD = frozenset({"executor"})

Signs = Literal["self", "representative", "executor", "nobody"]


@dataclass(frozen=True)
class RepresentationFacts:
    """One recorded authority to sign for somebody."""

    id: int
    representative: str
    authority: str
    description: str = ""
    verified_at: datetime | None = None
    ended_at: datetime | None = None
    excluded_at: datetime | None = None


@dataclass(frozen=True)
class SignerFacts:
    """What decides who signs for a person; `called` is the name or alias that the sentences use."""

    called: str
    born: date | None
    emancipated: bool = False
    own_consent_service: bool = False
    deceased_on: date | None = None
    representations: tuple[RepresentationFacts, ...] = ()


@dataclass(frozen=True)
class SignerRule:
    """Who signs, on which form, which recorded authorities will do today, and why, in plain sentences.

    Nobody can sign now when `signs` names somebody else and `representations` is empty.
    """

    signs: Signs
    form: str
    representations: tuple[RepresentationFacts, ...]
    sentences: tuple[str, ...]
    asks_assent: bool = False

    @property
    def self_may_sign(self) -> bool:
        """Whether the person signs with their own hand."""
        return self.signs == "self"

    @property
    def somebody_may_sign(self) -> bool:
        """Whether a signature can be asked for today."""
        return self.self_may_sign or bool(self.representations)


def age_on(born: date, day: date) -> int:
    """Full years on `day`; who is born on 29 February has the birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(facts: SignerFacts, day: date) -> bool:
    """Whether the person is under 18 on `day` and not emancipated. An unknown birth date is no proof of either:
    ask `who_must_sign`, which then lets nobody sign."""
    return facts.born is not None and age_on(facts.born, day) < MAJORITY and not facts.emancipated


def authority_stands(representation: RepresentationFacts, at: datetime) -> bool:
    """Whether an authority holds at `at`: described, verified by then, neither ended nor excluded (R7, R29)."""
    return (
        bool(representation.description.strip())
        and representation.verified_at is not None
        and representation.verified_at <= at
        and (representation.ended_at is None or representation.ended_at > at)
        and (representation.excluded_at is None or representation.excluded_at > at)
    )


def who_must_sign(facts: SignerFacts, day: date, at: datetime) -> SignerRule:
    """Who must sign for the person on `day`, the day of `at` where the person is."""
    if facts.deceased_on is not None and facts.deceased_on <= day:
        return _by_others(
            facts, at, "executor", ADULT_FORM, AUTHORITIES_FOR_THE_DEAD,
            f"{facts.called} has died. The executor or manager of the estate signs.",
        )  # fmt: skip
    if facts.born is None:
        sentence = (
            f"The birth date of {facts.called} is not known, so we cannot tell who signs. Add it first."
        )
        return SignerRule("nobody", ADULT_FORM, (), (sentence,))
    if not is_minor(facts, day):
        return _by_themselves(facts, day, at)
    age = age_on(facts.born, day)
    if facts.own_consent_service:
        sentence = f"{facts.called} is {age} and decides alone about this care. A parent may not sign for it."
        return SignerRule("self", MINOR_FORM, (), (sentence,))
    return _by_others(
        facts, at, "representative", MINOR_FORM, AUTHORITIES_FOR_MINORS,
        f"{facts.called} is {age}. A parent or court-named guardian signs.", age >= ASSENT_FROM,
    )  # fmt: skip


def _by_themselves(facts: SignerFacts, day: date, at: datetime) -> SignerRule:
    """An adult or emancipated minor signs; a verified agent or guardian may sign instead."""
    assert facts.born is not None
    under_age = age_on(facts.born, day) < MAJORITY
    first = (
        f"{facts.called} signs."
        if not under_age
        else f"{facts.called} is emancipated and signs like an adult."
    )
    others = _standing(facts, at, AUTHORITIES_FOR_ADULTS)
    return SignerRule("self", ADULT_FORM, others, (first, *(_may(one, " instead") for one in others)))


def _by_others(
    facts: SignerFacts, at: datetime, signs: Signs, form: str, accepted: frozenset[str], first: str,
    asks_assent: bool = False,
) -> SignerRule:  # fmt: skip
    standing = _standing(facts, at, accepted)
    if standing:
        rest = tuple(_may(one, "") for one in standing)
    else:
        rest = ("Nobody's authority is verified yet. Record who it is and look at the paper first.",)
    return SignerRule(signs, form, standing, (first, *rest), asks_assent)


def _standing(facts: SignerFacts, at: datetime, accepted: frozenset[str]) -> tuple[RepresentationFacts, ...]:
    return tuple(r for r in facts.representations if r.authority in accepted and authority_stands(r, at))


_WORDS = {
    "parent": "parent",
    "guardian": "court-named guardian",
    "health_care_agent": "health care agent",
    "executor": "executor",
    "other": "other authority",
}


def _may(one: RepresentationFacts, how: str) -> str:
    return f"{one.representative} ({_WORDS[one.authority]}) may sign{how}."
