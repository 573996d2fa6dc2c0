"""Put a policy into effect, sign it, record a training: proof of who was qualified when (R61, R62)."""

from datetime import datetime

from consent.access.models import Practice, User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from .models import Policy, PolicyAttestation, Training


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


def attest_policy(*, policy: Policy, user: User, by: Actor, at: datetime) -> PolicyAttestation:
    """The member read this version and signs it. A second time changes nothing."""
    with recording(by=by, at=at):
        attestation, is_new = PolicyAttestation.objects.get_or_create(
            policy=policy, user=user, defaults={"practice_id": policy.practice_id, "attested_at": at}
        )
        if is_new:
            record("policy.attested", policy, user=user.pk, version=policy.version)
    return attestation


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
