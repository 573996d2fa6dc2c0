"""Who is qualified today, and until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from consent.access.models import Membership, Practice
from consent.access.queries import team
from consent.people.models import Person
from consent.people.queries import people_of, records_of_members

from .models import Policy, PolicyAttestation, Training
from .rules import Qualification, qualification

SOON = timedelta(days=30)


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


@dataclass(frozen=True)
class MemberShown:
    """A member with what they have and lack; `key` and `label` are those of a badge, `record` is their own."""

    membership: Membership
    qualification: Qualification
    key: str
    label: str
    record: Person | None = None

    @property
    def at(self) -> datetime | None:
        """The first instant at which the training counts no longer."""
        return self.qualification.trained_until

    @property
    def last_day(self) -> datetime | None:
        """An instant of the last day on which it counts."""
        return self.at - timedelta(microseconds=1) if self.at else None


def members_shown(practice: Practice, at: datetime) -> list[MemberShown]:
    """Everyone who works here now, with what they have and lack at `at`. Five queries."""
    living = list(team(practice).filter(ended_at=None))
    had = qualifications(practice, [one.user_id for one in living], at)
    records = records_of_members(practice)
    return [
        MemberShown(one, had[one.user_id], *_badge(one, had[one.user_id], at), records.get(one.user_id))
        for one in living
    ]


def staff_records(practice: Practice) -> list[Person]:
    """The records of those who work here, of which nobody said whose they are."""
    staff = people_of(practice).filter(user=None, relations__kind="staff", relations__until=None)
    return list(staff.order_by("alias", "pk").distinct())


def _badge(membership: Membership, had: Qualification, at: datetime) -> tuple[str, str]:
    if not had.qualified:
        return "incomplete", "Something is missing"
    if had.trained_until is not None and had.trained_until - at <= SOON:
        return "soon", "Training ends soon"
    return "on_file", "May approve posts" if membership.can("post.approve") else "Trained and signed"
