"""Make kept decisions again from their facts, and say where the answer differs (design 5)."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from consent.audit.models import LedgerEntry
from posts.gate.decide import RULES_VERSION, Verdict, decide
from posts.gate.facts import PostFacts
from posts.gate.kept import from_json, reason_to_json

from ..models import Clearing, Decision, Reliance

CHUNK = 500
DECIDED, CONFIRMED = "gate.decided", "clearing.confirmed"
OF_POSTS = (DECIDED, CONFIRMED, "post.approved")
GIVEN, TAKEN_BACK = ("consent.signed", "consent.found"), "consent.revoked"


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
        ledger = _Ledger.of(piece)
        for decision in piece:
            yield _again(decision, ledger.unlike(decision))


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


@dataclass
class _Ledger:
    """What the ledger says of some decisions and of what they rest on."""

    decided: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    confirmed: set[int] = field(default_factory=set)
    approved: set[tuple[int, str]] = field(default_factory=set)
    consents: set[str] = field(default_factory=set)
    taken_back: dict[str, list[int]] = field(default_factory=dict)
    positions: dict[int, int] = field(default_factory=dict)
    clearings: dict[tuple[int, str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Collection[Decision]) -> "_Ledger":
        """Read it for these decisions: at most three queries."""
        found = cls()
        chains = {f"practice:{one.practice_id}" for one in decisions}
        found._read_posts(chains, {f"post:{one.version.post_id}" for one in decisions})
        relied = {f"consent:{row.consent_id}" for one in decisions for row in one.relied_on.all()}
        if relied:
            found._read_consents(chains, relied)
        cleared = {one.version_id for one in decisions if one.cleared}
        for row in Clearing.objects.filter(version__in=cleared, refused_at=None) if cleared else ():
            found.clearings[row.version_id, row.digest, row.fingerprint] = row.pk
        return found

    def _read_consents(self, chains: set[str], subjects: set[str]) -> None:
        rows = LedgerEntry.objects.filter(
            chain__in=chains, subject__in=subjects, event__in=(*GIVEN, TAKEN_BACK)
        )
        for event, subject, seq in rows.values_list("event", "subject", "seq"):
            if event == TAKEN_BACK:
                self.taken_back.setdefault(subject, []).append(seq)
            else:
                self.consents.add(subject)

    def _read_posts(self, chains: set[str], posts: set[str]) -> None:
        rows = LedgerEntry.objects.filter(chain__in=chains, subject__in=posts, event__in=OF_POSTS)
        for event, actor, body, seq in rows.values_list("event", "actor", "body", "seq").iterator(
            chunk_size=CHUNK
        ):
            line = json.loads(bytes(body))["facts"]
            if event == DECIDED:
                self.decided.setdefault(line["decision"], []).append(line)
                self.positions[line["decision"]] = seq
            elif event == CONFIRMED:
                self.confirmed.add(line["clearing"])
            else:
                self.approved |= {(version, actor) for version in line["versions"]}

    def unlike(self, decision: Decision) -> tuple[str, ...]:
        """What of the decision the ledger does not know. Each act has its line in its own transaction; a row added
        by hand has none.
        """
        said = {
            "decision": decision.pk,
            "allowed": decision.allowed,
            "codes": sorted({reason["code"] for reason in decision.reasons}),
            "stage": decision.stage,
            "version": decision.version_id,
            "account": decision.account_id,
        }
        checks = {
            "ledger": self.decided.get(decision.pk) == [said],
            "consent": all(f"consent:{row.consent_id}" in self.consents for row in decision.relied_on.all()),
            "withdrawal": all(self._knew(decision, row) for row in decision.relied_on.all()),
            "clearing": all(self._was_confirmed(decision, reason) for reason in decision.cleared),
            "approval": not decision.allowed or self._was_approved(decision),
        }
        return tuple(name for name, holds in checks.items() if not holds)

    def _knew(self, decision: Decision, row: Reliance) -> bool:
        """Whether the decision knew every withdrawal whose line comes before its own."""
        position = self.positions.get(decision.pk, 0)
        earlier = [seq for seq in self.taken_back.get(f"consent:{row.consent_id}", ()) if seq < position]
        return len(earlier) == row.revocations_known

    def _was_confirmed(self, decision: Decision, reason: dict[str, Any]) -> bool:
        key = (decision.version_id, decision.digest, reason["fingerprint"])
        return self.clearings.get(key) in self.confirmed

    def _was_approved(self, decision: Decision) -> bool:
        if not decision.facts.get("final"):
            return True
        approval = decision.facts.get("approval") or {}
        return (decision.version_id, f"user:{approval.get('by')}") in self.approved
