"""Decide: facts in, every reason against out. Allowed only if there is none."""

from dataclasses import dataclass

from .facts import PostFacts
from .reasons import Reason
from .rules import RULES, licensed_by, sufficient

# Changes whenever a rule, a reason or the meaning of a fact does; kept with each decision.
RULES_VERSION = "2026-11-21.1"


@dataclass(frozen=True)
class Relied:
    """A person and the consent that the decision rests on, with how many revocations of it were known."""

    person: int
    consent: int
    revocations_known: int


@dataclass(frozen=True)
class Verdict:
    """What the gate answers."""

    reasons: tuple[Reason, ...]
    relied_on: tuple[Relied, ...]

    @property
    def allowed(self) -> bool:
        """Only if nothing speaks against it."""
        return not self.reasons


def decide(facts: PostFacts) -> Verdict:
    """Ask every rule, in order; never stop at the first reason."""
    reasons = tuple(reason for rule in RULES for reason in rule(facts))
    return Verdict(reasons, tuple(_relied_on(facts)))


def _relied_on(facts: PostFacts) -> list[Relied]:
    """The consents and licences that cover the use."""
    found = []
    for appearance in facts.people:
        terms = sufficient(appearance, facts)
        if terms is not None:
            found.append(Relied(appearance.person.id, terms.consent_id, len(terms.revocations)))
    for picture in facts.pictures:
        licence = licensed_by(picture, facts) if picture.user_content and picture.author else None
        if licence is not None and picture.author is not None:
            found.append(Relied(picture.author.id, licence.consent_id, len(licence.revocations)))
    return sorted(set(found), key=lambda relied: (relied.person, relied.consent))
