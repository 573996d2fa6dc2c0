"""Who is qualified today, and until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404

from consent.access.models import Membership, Practice, User
from consent.access.queries import team
from consent.outbox.models import OutgoingMail
from consent.people.models import Person
from consent.people.queries import people_of, records_of_members

from .models import Policy, PolicyAttestation, Training
from .rules import (
    REMIND_AFTER,
    REMIND_EVERY,
    REMIND_FOR,
    Qualification,
    counting,
    qualification,
)

SOON = timedelta(days=30)
REMINDER = "policy_reminder"
AT_ONCE = 20


def policies_in_effect(practice: Practice, at: datetime) -> list[Policy]:
    """The versions that have come into effect by `at`, the newest first, each until the next one did.

    One that was withdrawn before that never led to the next. One withdrawn later did: whoever signed only what came
    before it has not signed what it changed.
    """
    rows = Policy.objects.filter(practice=practice, effective_from__lte=at)
    found: list[Policy] = []
    for one in rows.select_related("practice", "wording__template").order_by("-effective_from", "-pk"):
        until = found[-1].effective_from if found else at
        withdrawn_at = one.wording.withdrawn_at if one.wording else None
        if withdrawn_at is None or withdrawn_at > until:
            found.append(one)
    return found


def policy_in_force(practice: Practice, at: datetime) -> Policy | None:
    """The latest policy in effect at `at`."""
    return next(iter(policies_in_effect(practice, at)), None)


def unsigned_policy(practice: Practice, user: User, at: datetime) -> Policy | None:
    """The policy that this member has yet to sign; None if there is none, or they signed what counts."""
    policies = policies_in_effect(practice, at)
    signed = PolicyAttestation.objects.filter(policy__in=_counting(policies), user=user, attested_at__lte=at)
    return policies[0] if policies and not signed.exists() else None


def _counting(policies: list[Policy]) -> set[int]:
    return counting((one.pk, one.change) for one in policies)


def qualifications(practice: Practice, user_ids: Collection[int], at: datetime) -> dict[int, Qualification]:
    """What each member has and lacks at `at`. Three queries."""
    policies = policies_in_effect(practice, at)
    signed = PolicyAttestation.objects.filter(
        policy__in=_counting(policies), user__in=user_ids, attested_at__lte=at
    )
    attested = set(signed.values_list("user", flat=True)) if policies else set[int]()
    trained: dict[int, datetime] = {}
    rows = Training.objects.filter(practice=practice, user__in=user_ids, completed_at__lte=at)
    for user, expires_at in rows.values_list("user", "expires_at"):
        trained[user] = max(trained.get(user, expires_at), expires_at)
    return {
        user: qualification(
            policy_in_force=bool(policies),
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


@dataclass(frozen=True)
class SignedBy:
    """A version of the policy, who signed it, and who has yet to: only of the one in force."""

    policy: Policy
    signed: list[PolicyAttestation]
    yet: list[Membership]


def policy_versions(practice: Practice, at: datetime) -> list[SignedBy]:
    """Every version with those who signed it, the newest first, also one that begins later. Four queries."""
    rows = Policy.objects.filter(practice=practice).select_related("wording")
    rows = rows.prefetch_related(
        Prefetch(
            "attestations",
            PolicyAttestation.objects.select_related("user", "attested").order_by("attested_at", "pk"),
        )
    )
    living = list(team(practice).filter(ended_at=None))
    in_effect = policies_in_effect(practice, at)
    counts = _counting(in_effect)
    found = list(rows.order_by("-effective_from", "-pk"))
    done = {had.user_id for one in found if one.pk in counts for had in one.attestations.all()}
    return [
        SignedBy(
            one,
            list(one.attestations.all()),
            [member for member in living if member.user_id not in done] if one in in_effect[:1] else [],
        )
        for one in found
    ]


def attestation_of(practice: Practice, pk: int) -> PolicyAttestation:
    """One signature under a policy. Raises Http404 for anything else."""
    rows = PolicyAttestation.objects.select_related("policy", "user", "attested__document")
    return get_object_or_404(rows, practice=practice, pk=pk)


def members_to_remind(at: datetime) -> list[tuple[Membership, Policy]]:
    """Members who have not signed what counts of a policy some days old, and were not reminded lately."""
    window = {"effective_from__lte": at - REMIND_AFTER, "effective_from__gt": at - REMIND_FOR}
    policies = Policy.objects.filter(**window).select_related("practice").in_bulk()
    if not policies:
        return []
    practices = {one.practice for one in policies.values()}
    counts = set[int]().union(*(_counting(policies_in_effect(one, at)) for one in practices))
    signed = PolicyAttestation.objects.filter(policy__in=counts, user=OuterRef("user_id"))
    newest = Policy.objects.filter(practice=OuterRef("practice"), effective_from__lte=at)
    newest = newest.exclude(wording__withdrawn_at__lte=at).order_by("-effective_from", "-pk")
    mails = OutgoingMail.objects.filter(kind=REMINDER, created_at__gt=at - REMIND_EVERY)
    about = Concat(Value("policy:"), Cast("policy", CharField()), Value(":"), Cast("user_id", CharField()))
    members = Membership.objects.filter(
        ended_at=None, user__is_active=True, since__lte=at - REMIND_AFTER,
        practice__in=practices,
    ).annotate(policy=Subquery(newest.values("pk")[:1]))  # fmt: skip
    due = members.filter(policy__in=list(policies)).annotate(about=about).filter(
        ~Exists(signed.filter(practice=OuterRef("practice"))),
        ~Exists(mails.filter(about=OuterRef("about"))),
    )  # fmt: skip
    rows = due.select_related("practice", "user").order_by("pk")[:AT_ONCE]
    return [(row, policies[row.policy]) for row in rows]
