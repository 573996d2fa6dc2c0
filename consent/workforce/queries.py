"""Who is qualified today, and until when."""

from collections.abc import Collection
from datetime import datetime

from consent.access.models import Practice

from .models import Policy, PolicyAttestation, Training
from .rules import Qualification, qualification


def policy_in_force(practice: Practice, at: datetime) -> Policy | None:
    """The latest policy in effect at `at`."""
    rows = Policy.objects.filter(practice=practice, effective_from__lte=at)
    return rows.order_by("-effective_from", "-pk").first()


def qualifications(practice: Practice, user_ids: Collection[int], at: datetime) -> dict[int, Qualification]:
    """What each member has and lacks at `at`. Three queries."""
    policy = policy_in_force(practice, at)
    signed = PolicyAttestation.objects.filter(policy=policy, user__in=user_ids, attested_at__lte=at)
    attested = set(signed.values_list("user", flat=True)) if policy else set[int]()
    trained: dict[int, datetime] = {}
    rows = Training.objects.filter(practice=practice, user__in=user_ids, completed_at__lte=at)
    for user, expires_at in rows.values_list("user", "expires_at"):
        trained[user] = max(trained.get(user, expires_at), expires_at)
    return {
        user: qualification(
            policy_in_force=policy is not None,
            attested=user in attested,
            trained_until=trained.get(user),
            at=at,
        )
        for user in user_ids
    }
