"""Ask the gate and keep its answer."""

from datetime import datetime

from django.db.models import Max

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.content.models import Post, Version
from posts.content.queries import living_versions
from posts.gate.decide import RULES_VERSION
from posts.gate.kept import forgettable, reason_to_json, to_json

from ..models import Decision, Reliance
from ..queries import Ruling, preview, rulings

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
            facts=to_json(forgettable(ruling.facts)),
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


def keep_changed_previews(*, post: Post, by: Actor, at: datetime) -> list[Decision]:
    """Keep what the gate would answer now for each version whose verdict differs from the latest kept of it.

    A verdict is the yes or no with the reasons' fingerprints; nothing is kept where it is the same.
    """
    with recording(by=by, at=at):
        found = preview(post, at)
        latest = _latest([ruling.version.pk for ruling in found])
        return [
            keep_decision(ruling=ruling, stage=Decision.Stage.PREVIEW, by=by, at=at)
            for ruling in found
            if latest.get(ruling.version.pk) != _verdict(ruling)
        ]


def _verdict(ruling: Ruling) -> tuple[bool, frozenset[str]]:
    """What makes two answers the same."""
    return ruling.verdict.allowed, frozenset(reason.fingerprint for reason in ruling.verdict.reasons)


def _latest(version_ids: list[int]) -> dict[int, tuple[bool, frozenset[str]]]:
    """The verdict of the latest decision kept of each version, whatever asked for it."""
    newest = Decision.objects.filter(version__in=version_ids).values("version").annotate(newest=Max("pk"))
    rows = Decision.objects.filter(pk__in=newest.values("newest"))
    return {
        version: (allowed, frozenset(reason["fingerprint"] for reason in reasons))
        for version, allowed, reasons in rows.values_list("version", "allowed", "reasons")
    }
