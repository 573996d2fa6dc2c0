"""Make kept decisions again from their facts, and say where the answer differs (design 5)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from consent.audit.models import LedgerEntry
from posts.gate.decide import RULES_VERSION, Verdict, decide
from posts.gate.facts import PostFacts
from posts.gate.kept import from_json, reason_to_json

from ..models import Decision

CHUNK = 500
DECIDED = "gate.decided"


@dataclass(frozen=True)
class Replayed:
    """A decision made again. `verdict` is None if today's rules cannot read the facts it was made from.

    `gained` and `lost` are codes that today's rules give and gave not then, and the reverse. `untrue` names what the
    row says otherwise than its own facts or the ledger, whatever the rules; `otherwise` what only today's rules would
    have written otherwise: the verdict, a reason's person, a clearing, what it rests on.
    """

    decision: Decision
    verdict: Verdict | None
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything came out otherwise."""
        return self.verdict is None or bool(self.untrue or self.otherwise)

    @property
    def same_rules(self) -> bool:
        """Whether it says that the rules of today made it."""
        return self.decision.rules_version == RULES_VERSION

    @property
    def forged(self) -> bool:
        """Whether no change of rules explains the difference: somebody has written into the database."""
        return bool(self.untrue) or (self.same_rules and self.differs)


def replayed(decisions: Iterable[Decision]) -> Iterator[Replayed]:
    """Each decision made again, in pieces of `CHUNK`: any number of them takes no memory."""
    rest = iter(decisions)
    while piece := list(islice(rest, CHUNK)):
        lines = _ledger_lines(piece)
        for decision in piece:
            yield _again(decision, _unlike_the_ledger(decision, lines.get(decision.pk)))


def _again(decision: Decision, untrue: tuple[str, ...]) -> Replayed:
    """One decision made again from the facts that it kept."""
    try:
        facts = from_json(PostFacts, decision.facts)
        verdict = decide(facts)
    except (TypeError, KeyError, ValueError, AttributeError):
        return Replayed(decision, None, untrue=untrue)
    then = {reason["code"] for reason in decision.reasons}
    now = {reason.code for reason in verdict.reasons}
    return Replayed(
        decision,
        verdict,
        tuple(sorted(now - then)),
        tuple(sorted(then - now)),
        (*untrue, *_unlike_its_facts(decision, facts)),
        _unlike_the_verdict(decision, verdict),
    )


def _unlike_its_facts(decision: Decision, facts: PostFacts) -> tuple[str, ...]:
    """What the row says otherwise than the facts it kept; no rule has a part in this."""
    pairs = {
        "version": (decision.version_id, facts.version),
        "account": (decision.account_id, facts.channel.account),
        "digest": (decision.digest, facts.digest),
        "instant": (decision.at, facts.at),
    }
    return tuple(name for name, (said, fact) in pairs.items() if said != fact)


def _unlike_the_verdict(decision: Decision, verdict: Verdict) -> tuple[str, ...]:
    """What the rules of today would have written otherwise."""
    kept = {(one.person_id, one.consent_id, one.revocations_known) for one in decision.relied_on.all()}
    rests_on = {(one.person, one.consent, one.revocations_known) for one in verdict.relied_on}
    pairs: dict[str, tuple[Any, Any]] = {
        "verdict": (decision.allowed, verdict.allowed),
        "reasons": (_sorted(decision.reasons), _sorted(map(reason_to_json, verdict.reasons))),
        "clearings": (_sorted(decision.cleared), _sorted(map(reason_to_json, verdict.cleared))),
        "reliance": (kept, rests_on),
    }
    return tuple(name for name, (said, found) in pairs.items() if said != found)


def _sorted(reasons: Iterable[dict[str, Any]]) -> list[str]:
    """Reasons in an order of their own, so that lists of them can be compared."""
    return sorted(json.dumps(reason, sort_keys=True) for reason in reasons)


def _ledger_lines(decisions: Iterable[Decision]) -> dict[int, list[dict[str, Any]]]:
    """What the ledger says about these decisions, by decision."""
    posts = {f"post:{decision.version.post_id}" for decision in decisions}
    chains = {f"practice:{decision.practice_id}" for decision in decisions}
    rows = LedgerEntry.objects.filter(chain__in=chains, subject__in=posts, event=DECIDED)
    found: dict[int, list[dict[str, Any]]] = {}
    for body in rows.values_list("body", flat=True).iterator(chunk_size=CHUNK):
        line = json.loads(bytes(body))["facts"]
        found.setdefault(line["decision"], []).append(line)
    return found


def _unlike_the_ledger(decision: Decision, lines: list[dict[str, Any]] | None) -> tuple[str, ...]:
    """Every decision has its one line, written in the same transaction; a row added by hand has none."""
    said = {
        "decision": decision.pk,
        "allowed": decision.allowed,
        "codes": sorted({reason["code"] for reason in decision.reasons}),
        "stage": decision.stage,
        "version": decision.version_id,
        "account": decision.account_id,
    }
    return () if lines == [said] else ("ledger",)
