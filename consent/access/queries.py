"""Who is who, read."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet

from consent.audit.models import LedgerEntry
from consent.audit.queries import chain_of

from .models import Location, LocationFacts, Membership, Practice, Recipient, User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Whether the user has set up an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def users_with_second_factor(practice: Practice) -> set[int]:
    """The ids of the practice's members who have one."""
    factors = Authenticator.objects.filter(type__in=FACTORS, user__memberships__practice=practice)
    return set(factors.values_list("user_id", flat=True))


def memberships_of(user: User) -> QuerySet[Membership]:
    """Where the user works now."""
    return (
        Membership.objects.select_related("practice")
        .filter(user=user, ended_at=None)
        .order_by("practice__name")
    )


def team(practice: Practice) -> QuerySet[Membership]:
    """Everyone who works or has worked here."""
    return (
        Membership.objects.select_related("user")
        .filter(practice=practice)
        .order_by("user__name", "since", "pk")
    )


def other_owners(membership: Membership) -> bool:
    """Whether someone else owns the practice as well."""
    living = Membership.objects.filter(practice=membership.practice, ended_at=None).exclude(pk=membership.pk)
    return any("owner" in roles for roles in living.values_list("roles", flat=True))


def works_elsewhere(membership: Membership) -> bool:
    """Whether the user works in another practice too, whose doors a new password would open."""
    return (
        Membership.objects.filter(user=membership.user, ended_at=None)
        .exclude(practice=membership.practice)
        .exists()
    )


def locations(practice: Practice) -> QuerySet[Location]:
    """The practice's locations with their dated facts, newest first."""
    facts = Prefetch("facts", LocationFacts.objects.order_by("-from_date"))
    return Location.objects.filter(practice=practice).prefetch_related(facts).order_by("name")


def facts_on(location: Location, day: date) -> LocationFacts | None:
    """What holds at the location on `day`; None before its first facts."""
    return location.facts.filter(from_date__lte=day).order_by("-from_date").first()


def today_at(practice: Practice, at: datetime) -> date:
    """The day that `at` falls on by the practice's clock."""
    return at.astimezone(ZoneInfo(practice.time_zone)).date()


@dataclass(frozen=True)
class RecipientShown:
    """A third party with the state of its agreement; `key` and `label` are those of a badge."""

    recipient: Recipient
    key: str
    label: str
    sentence: str


def recipients_shown(practice: Practice, today: date) -> list[RecipientShown]:
    """The practice's third parties with the state of their agreements on `today` (45 CFR 164.504(e); R66)."""
    rows = Recipient.objects.filter(practice=practice, ended_at=None).order_by("name", "pk")
    return [RecipientShown(one, *_agreement(one, today)) for one in rows]


def recipients_ended(practice: Practice) -> QuerySet[Recipient]:
    """The third parties that no longer work with the practice, the latest first."""
    return Recipient.objects.filter(practice=practice, ended_at__isnull=False).order_by("-ended_at", "name")


def _agreement(one: Recipient, today: date) -> tuple[str, str, str]:
    began, ends = one.agreement_from, one.agreement_until
    if began is None:
        need = (
            "It gets nothing until there is one." if one.acts_for_us else "Each person agrees to it by name."
        )
        return "none", "No agreement", need
    if began > today:
        return "incomplete", "Agreement not in effect yet", f"It begins {_day(began)}."
    if ends is None:
        return "on_file", "Agreement on file", f"Since {_day(began)}, until somebody ends it."
    if ends < today:
        return (
            "expired",
            "Agreement ended",
            f"It ended {_day(ends)}. It gets nothing until there is a new one.",
        )
    return "on_file", "Agreement on file", f"Agreement until {_day(ends)}."


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def day_begins(practice: Practice, day: date) -> datetime:
    """The first instant of `day` by the practice's clock."""
    return datetime.combine(day, time.min, ZoneInfo(practice.time_zone))


def is_known_locked_out(subject: Membership | User, since: datetime) -> bool:
    """Whether the ledger already has a lockout of this member (or user without a practice) since then."""
    name = f"{subject._meta.model_name}:{subject.pk}"
    entries = LedgerEntry.objects.filter(chain=chain_of(subject), subject=name, event="member.locked_out")
    return entries.filter(at__gte=since).exists()


def demo_sign_ins_exist() -> bool:
    """Whether anyone could still come in with the demo's published password."""
    return User.objects.filter(is_demo=True).exists()


class NoFacts(Exception):
    """Nothing is recorded about a location for the day asked."""


def facts_at(location: Location, at: datetime) -> LocationFacts:
    """What held at the location at the instant `at`, its day read in its own zone. Raises `NoFacts`."""
    for facts in location.facts.order_by("-from_date"):
        if facts.from_date <= at.astimezone(ZoneInfo(facts.time_zone)).date():
            return facts
    raise NoFacts(f"Nothing is recorded about {location.name} for {at:%d %b %Y}.")
