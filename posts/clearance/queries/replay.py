"""Make kept decisions again from their facts, and say where the answer differs (design 5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from posts.gate.decide import RULES_VERSION, Verdict, decide
from posts.gate.facts import PostFacts
from posts.gate.kept import from_json

from ..models import Decision

CHUNK = 500


@dataclass(frozen=True)
class Replayed:
    """A decision made again. `verdict` is None if today's rules cannot read the facts it was made from.

    `gained` and `lost` are codes that today's rules give and gave not then, and the reverse.
    """

    decision: Decision
    verdict: Verdict | None
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    rests_elsewhere: bool = False

    @property
    def differs(self) -> bool:
        """Whether anything came out otherwise."""
        return self.verdict is None or bool(self.gained or self.lost) or self.rests_elsewhere

    @property
    def same_rules(self) -> bool:
        """Whether it was made by the rules of today: then a difference means that a row was forged."""
        return self.decision.rules_version == RULES_VERSION


def replayed(decisions: Iterable[Decision]) -> Iterator[Replayed]:
    """Each decision made again, one at a time: any number of them takes no memory."""
    for decision in decisions:
        yield _again(decision)


def _again(decision: Decision) -> Replayed:
    """One decision made again from the facts that it kept."""
    try:
        facts = from_json(PostFacts, decision.facts)
        verdict = decide(facts)
    except (TypeError, KeyError, ValueError, AttributeError):
        return Replayed(decision, None)
    then = {reason["code"] for reason in decision.reasons}
    now = {reason.code for reason in verdict.reasons}
    if verdict.allowed != decision.allowed or facts.digest != decision.digest or facts.at != decision.at:
        # The row says something else than its own facts.
        return Replayed(
            decision, verdict, tuple(sorted(now - then)) or ("VERDICT",), tuple(sorted(then - now))
        )
    kept = {(one.person_id, one.consent_id) for one in decision.relied_on.all()}
    rests_on = {(one.person, one.consent) for one in verdict.relied_on}
    return Replayed(decision, verdict, tuple(sorted(now - then)), tuple(sorted(then - now)), kept != rests_on)
