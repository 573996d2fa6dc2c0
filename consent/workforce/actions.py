"""Put a policy into effect, sign it, record a training: proof of who was qualified when (R61, R62)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from consent.access.models import Practice, User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.outbox.actions import enqueue_mail
from consent.wording.actions import CannotActivate, Version, activate_draft, freeze
from consent.wording.models import Draft, Wording

from .models import AttestationMark, Policy, PolicyAttestation, Training
from .queries import REMINDER, members_to_remind


class VersionTaken(ValueError):
    """A policy of this version exists; a version is never rewritten."""


class NeverEnds(ValueError):
    """A training counts until a day after it was completed."""


def adopt_policy(
    *, practice: Practice, version: str, text: str, effective_from: datetime, by: Actor, at: datetime
) -> Policy:
    """Put a version of the social-media policy into effect; everyone signs it anew. Raises `VersionTaken`."""
    with recording(by=by, at=at):
        if Policy.objects.filter(practice=practice, version=version).exists():
            raise VersionTaken(f"There is a policy version {version} already. Give this one another number.")
        policy = Policy.objects.create(
            practice=practice,
            version=version,
            text=text,
            effective_from=effective_from,
            recorded_by=str(by),
            recorded_at=at,
        )
        record("policy.adopted", policy, version=version)
    return policy


def adopt_draft(*, draft: Draft, shown: int, version: Version, by: Actor, at: datetime) -> Policy:
    """Put a draft of the kind "staff policy" into effect as the next version; the form is the one source of its text.

    After a change that matters everybody signs anew, after a mere slip of the pen nobody does. Raises what
    `activate_draft` does, and `CannotActivate` for a version that a policy typed in by hand has already.
    """
    number = version.number.strip().removeprefix("v")
    if Policy.objects.filter(practice=draft.practice, version=number).exists():
        raise CannotActivate("version", f"There is a policy version {number} already. Choose another.")

    def along(wording: Wording) -> None:
        policy = Policy.objects.create(
            practice=draft.practice,
            version=number,
            wording=freeze(wording=wording, by=by, at=at),
            change=wording.change or Wording.Change.MATERIAL,
            effective_from=wording.effective_from,
            recorded_by=str(by),
            recorded_at=at,
        )
        record("policy.adopted", policy, version=number, wording=wording.pk, change=policy.change)

    wording = activate_draft(draft=draft, shown=shown, version=version, along=along, by=by, at=at)
    return Policy.objects.get(wording=wording)


@dataclass(frozen=True)
class Proof:
    """How a member signed: exactly which text, in which translation, with what mark, factor and device."""

    text_sha256: str = ""
    intent: str = ""
    method: str = ""
    typed_name: str = ""
    strokes: str = ""
    filled: str = ""
    factor: str = ""
    wording: Wording | None = None
    device: dict[str, str] = field(default_factory=dict)


def attest_policy(
    *, policy: Policy, user: User, proof: Proof | None = None, by: Actor, at: datetime
) -> PolicyAttestation:
    """The member read this version and signs it. A second time changes nothing."""
    proof = proof or Proof()
    with recording(by=by, at=at):
        attestation, is_new = PolicyAttestation.objects.get_or_create(
            policy=policy,
            user=user,
            defaults={
                "practice_id": policy.practice_id,
                "attested_at": at,
                "wording": proof.wording and freeze(wording=proof.wording, by=by, at=at),
                "text_sha256": proof.text_sha256,
                "intent": proof.intent,
                "method": proof.method,
                "factor": proof.factor,
                "device": proof.device,
            },
        )
        if is_new:
            if proof.method:
                AttestationMark.objects.create(
                    attestation=attestation,
                    typed_name=proof.typed_name,
                    strokes=proof.strokes,
                    filled=proof.filled,
                )
            told: dict[str, Any] = {"user": user.pk, "version": policy.version}
            told |= {"text_sha256": proof.text_sha256} if proof.text_sha256 else {}
            record("policy.attested", policy, **told)
    return attestation


def remind_members(*, by: Actor, at: datetime) -> int:
    """Remind by mail whoever has yet to sign the policy, some days after it came into effect and every few days."""
    due = members_to_remind(at)
    with recording(by=by, at=at):
        for member, policy in due:
            practice = member.practice
            enqueue_mail(
                kind=REMINDER,
                recipient=member.user.email,
                subject=f"{practice.name}: please read and sign the social-media policy",
                body=(
                    f"{member.user.name}, version {policy.version} of the social-media policy waits for you. "
                    f"It takes a few minutes: {settings.ADDRESS}{reverse('signing:policy', args=[practice.slug])}\n"
                ),
                practice_id=practice.pk,
                about=f"policy:{policy.pk}:{member.user_id}",
                at=at,
            )
            record("policy.reminded", policy, user=member.user_id, version=policy.version)
    return len(due)


def record_training(
    *,
    practice: Practice,
    user: User,
    course: str,
    completed_at: datetime,
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> Training:
    """Record a completed privacy training and until when it counts; the same one sent again is recorded once.

    Raises `NeverEnds`.
    """
    if expires_at <= completed_at:
        raise NeverEnds("The training would end before it was completed. Check both days.")
    with recording(by=by, at=at):
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        training, is_new = Training.objects.get_or_create(
            practice=practice,
            user=user,
            course=course.strip(),
            completed_at=completed_at,
            expires_at=expires_at,
            defaults={"recorded_by": str(by), "recorded_at": at},
        )
        if is_new:
            record("training.recorded", training, user=user.pk, expires_at=expires_at)
    return training
