"""Ask the gate and keep its answer."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.content.models import Post, Version
from posts.content.queries import living_versions
from posts.gate.decide import RULES_VERSION
from posts.gate.kept import reason_to_json, to_json

from ..models import Decision, Reliance
from ..queries import Ruling, rulings

FINAL_STAGES = frozenset({"schedule", "prepare", "intent", "export"})


class GateRefused(Exception):
    """The gate refused; `decisions` hold the reasons, version by version."""

    def __init__(self, decisions: list[Decision]) -> None:
        super().__init__("The gate does not allow this yet.")
        self.decisions = decisions


def decide(*, version: Version, stage: str, by: Actor, at: datetime) -> Decision:
    """Ask the gate about `version` as it stands in the database now, and keep the answer.

    Call it inside `recording`; it never raises for a refusal. `stage` is a `Decision.Stage`.
    """
    [ruling] = rulings([version], at, final=stage in FINAL_STAGES)
    return keep_decision(ruling=ruling, stage=stage, by=by, at=at)


def keep_decision(*, ruling: Ruling, stage: str, by: Actor, at: datetime) -> Decision:
    """Store a ruling with its facts, so that it can be replayed, and the consents that it rested on."""
    version, verdict = ruling.version, ruling.verdict
    with recording(by=by, at=at):
        decision = Decision.objects.create(
            practice_id=version.practice_id,
            version=version,
            account_id=version.account_id,
            stage=Decision.Stage(stage),
            at=at,
            allowed=verdict.allowed,
            reasons=[reason_to_json(reason) for reason in verdict.reasons],
            cleared=[reason_to_json(reason) for reason in verdict.cleared],
            facts=to_json(ruling.facts),
            rules_version=RULES_VERSION,
            digest=ruling.facts.digest,
        )
        Reliance.objects.bulk_create(
            Reliance(
                decision=decision,
                person_id=relied.person,
                consent_id=relied.consent,
                revocations_known=relied.revocations_known,
            )
            for relied in verdict.relied_on
        )
        record(
            "gate.decided",
            Post(pk=version.post_id, practice_id=version.practice_id),
            decision=decision.pk,
            allowed=verdict.allowed,
            codes=sorted({reason.code for reason in verdict.reasons}),
            stage=stage,
            version=version.pk,
            account=version.account_id,
        )
    return decision


def decide_all(post: Post, stage: str, by: Actor, at: datetime) -> list[Decision]:
    """One decision for each version of the post, read together."""
    found = rulings(living_versions(post), at, final=stage in FINAL_STAGES)
    return [keep_decision(ruling=ruling, stage=stage, by=by, at=at) for ruling in found]
