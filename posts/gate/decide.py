"""Decide: facts in, every reason against out. Allowed only if there is none.

A REVIEW reason that two people cleared for exactly this digest no longer stands; a HARD one always does (R46).
"""

from dataclasses import dataclass

from .facts import ClearingFacts, PostFacts
from .reasons import Reason
from .rules import RULES, approved_as_shown, licensed_by, sufficient

# Changes whenever a rule, a reason or the meaning of a fact does; kept with each decision.
RULES_VERSION = "2026-11-26.2"


@dataclass(frozen=True)
class Relied:
    """A person and the consent that the decision rests on, with how many revocations of it were known."""

    person: int
    consent: int
    revocations_known: int


@dataclass(frozen=True)
class Verdict:
    """What the gate answers: what speaks against it, what two people cleared, what it rests on."""

    reasons: tuple[Reason, ...]
    relied_on: tuple[Relied, ...]
    cleared: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Only if nothing speaks against it."""
        return not self.reasons


def decide(facts: PostFacts) -> Verdict:
    """Ask every rule, in order; never stop at the first reason."""
    found = tuple(dict.fromkeys(reason for rule in RULES for reason in rule(facts)))
    cleared = tuple(reason for reason in found if is_cleared(reason, facts))
    standing = tuple(reason for reason in found if reason not in cleared)
    return Verdict(standing, tuple(_relied_on(facts)), cleared)


def is_cleared(reason: Reason, facts: PostFacts) -> bool:
    """Whether two people cleared this REVIEW reason for exactly this digest. HARD reasons nobody clears (R46)."""
    return reason.entry.weight == "REVIEW" and any(
        clearing.fingerprint == reason.fingerprint and _counts(clearing, facts)
        for clearing in facts.clearings
    )


def _counts(clearing: ClearingFacts, facts: PostFacts) -> bool:
    """Two different people, the second one trained; in a small place neither is the author (R35, R46)."""
    authors = {facts.author} if facts.author is not None else set()
    kept_out = {clearing.proposed_by, clearing.confirmed_by} if is_small(facts) else {clearing.confirmed_by}
    return (
        clearing.digest == facts.digest
        and clearing.proposed_by != clearing.confirmed_by
        and clearing.confirmer_qualified
        and bool(authors)
        and not authors & kept_out
    )


def is_small(facts: PostFacts) -> bool:
    """Whether so few people live there that the author is neither of the two who clear; unknown counts as few (R35)."""
    return not facts.places or any(place.small for place in facts.places)


def _relied_on(facts: PostFacts) -> list[Relied]:
    """The consents and licences that cover the use, and those by which its authors approved what was cut."""
    found = []
    for appearance in facts.people:
        terms = sufficient(appearance, facts)
        if terms is not None:
            found.append(Relied(appearance.person.id, terms.consent_id, len(terms.revocations)))
    made = [(picture.author, frozenset({picture.asset})) for picture in facts.pictures]
    if facts.origin is not None:
        made.append((facts.origin.author, frozenset()))
    for author, assets in made:
        licence = licensed_by(author, assets, facts) if author and author.person else None
        if licence is not None and author is not None and author.person is not None:
            found.append(Relied(author.person.id, licence.consent_id, len(licence.revocations)))
    if facts.claims.quote == "cut":
        found += [
            Relied(person, terms.consent_id, len(terms.revocations))
            for person, terms in approved_as_shown(facts) or ()
        ]
    return sorted(set(found), key=lambda relied: (relied.person, relied.consent))
