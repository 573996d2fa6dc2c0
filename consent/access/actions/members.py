"""Who works in a practice, as what, and from when until when."""

from collections.abc import Collection
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.outbox.actions import enqueue_mail

from ..models import Membership, Practice, User
from ..queries import other_owners, works_elsewhere
from ..rules import ROLES, on_one_line
from .sign_in import forget_second_factor, make_password_link


class AlreadyMember(Exception):
    """The person works here already."""


class LastOwner(Exception):
    """The change would leave the practice without an owner."""


class WorksElsewhere(Exception):
    """The user's sign-in opens another practice too, so no owner may replace it."""


class NoSuchRole(Exception):
    """No role, or one that does not exist."""


class RolesChanged(Exception):
    """Somebody else changed the roles since they were looked at; `now` are those that count."""

    def __init__(self, name: str, seen: Collection[str], now: Collection[str]) -> None:
        added, gone = _titles(set(now) - set(seen)), _titles(set(seen) - set(now))
        told = [f"{word}: {titles}." for word, titles in (("Added", added), ("Taken away", gone)) if titles]
        super().__init__(
            f"{name}'s roles were changed while this page was open. {' '.join(told)} "
            "What you ticked is not saved; save again if it shall count."
        )
        self.now = list(now)


def _titles(roles: Collection[str]) -> str:
    return ", ".join(ROLES[key].title for key in ROLES if key in roles)


def add_member(
    *, practice: Practice, email: str, name: str, roles: Collection[str], by: Actor, at: datetime
) -> Membership:
    """Let someone work here. A user who is new to Postern has no password yet: see `help_with_password`.

    Raises `AlreadyMember` and `NoSuchRole`.
    """
    with recording(by=by, at=at):
        _one_at_a_time(practice.pk)
        user = User.objects.filter(email__iexact=email).first()
        if user and Membership.objects.filter(practice=practice, user=user, ended_at=None).exists():
            raise AlreadyMember(f"{user.name} is on the team already. Change the roles there.")
        if user is None:
            user = User.objects.create_user(
                email, name=on_one_line(name), joined_at=at, is_demo=practice.is_demo
            )
        membership = Membership.objects.create(practice=practice, user=user, roles=_checked(roles), since=at)
        record("member.added", membership, user=user.pk, roles=membership.roles)
    return membership


def change_roles(
    *,
    membership: Membership,
    roles: Collection[str],
    seen: Collection[str] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give a member other roles; `seen` are those that whoever decided was looking at.

    Raises `NoSuchRole`, `LastOwner` if nobody would own the practice, and `RolesChanged` if others hold by now.
    """
    with recording(by=by, at=at):
        wanted = _checked(roles)
        _one_at_a_time(membership.practice_id)
        membership.refresh_from_db(fields=["roles", "ended_at"])
        if seen is not None and set(seen) != set(membership.roles):
            raise RolesChanged(membership.user.name, seen, membership.roles)
        if "owner" not in wanted:
            _refuse_last_owner(membership)
        membership.roles = wanted
        membership.save(update_fields=["roles"])
        record("member.changed", membership, user=membership.user_id, roles=wanted)


def end_membership(*, membership: Membership, by: Actor, at: datetime) -> None:
    """Close the practice's doors to a member, at once. A second time changes nothing. Raises `LastOwner`."""
    with recording(by=by, at=at):
        _refuse_last_owner(membership)
        if membership.ended_at is not None:
            return
        membership.ended_at = at
        membership.save(update_fields=["ended_at"])
        record("member.ended", membership, user=membership.user_id)


def help_with_password(*, membership: Membership, by: Actor, at: datetime) -> str:
    """The path of a one-time link with which the member sets a password; the member is told by mail, and loses the PIN.

    Raises `WorksElsewhere` for a member of another practice.
    """
    _refuse_elsewhere(membership, "password")
    with recording(by=by, at=at):
        path = make_password_link(user=membership.user, by=by, at=at)
        _tell(membership, "a link with which a new password can be set for you was made", by, at)
    return path


def help_with_second_factor(*, membership: Membership, by: Actor, at: datetime) -> None:
    """Let a member who lost their phone set up a new second factor; the member is told by mail.

    Raises `WorksElsewhere` for a member of another practice.
    """
    _refuse_elsewhere(membership, "second factor")
    with recording(by=by, at=at):
        forget_second_factor(user=membership.user, by=by, at=at)
        _tell(membership, "your second factor for signing in was removed", by, at)


def _tell(membership: Membership, what: str, by: Actor, at: datetime) -> None:
    """Whoever lets somebody in may do it behind their back; the mail says so, and by whom."""
    who = User.objects.filter(pk=by.id).first() if by.kind == "user" else None
    practice = membership.practice
    enqueue_mail(
        kind="sign_in_helped",
        recipient=membership.user.email,
        subject=f"Your sign-in at {practice.name}",
        body=(
            f"At {practice.name} {what}{f' by {who}' if who else ''}.\n\n"
            "If you did not ask for it, tell your privacy officer at once: somebody could act in your name.\n"
        ),
        practice_id=practice.pk,
        about=f"member:{membership.pk}",
        at=at,
    )


def _checked(roles: Collection[str]) -> list[str]:
    if not roles or not set(roles) <= ROLES.keys():
        raise NoSuchRole("Choose at least one role.")
    return sorted(set(roles))


def _one_at_a_time(practice_id: int) -> None:
    """Take the practice's row: two owners may add, change or remove the same colleague, or each other, at once."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice_id)


def _refuse_last_owner(membership: Membership) -> None:
    """Raise `LastOwner` for the only one; the membership is then known as it is now."""
    _one_at_a_time(membership.practice_id)
    membership.refresh_from_db(fields=["roles", "ended_at"])
    if "owner" in membership.roles and not other_owners(membership):
        raise LastOwner(
            f"{membership.user.name} is the only owner of {membership.practice.name}. Make someone else owner first."
        )


def _refuse_elsewhere(membership: Membership, thing: str) -> None:
    if works_elsewhere(membership):
        raise WorksElsewhere(
            f"{membership.user.name} works in another practice as well, whose doors a new {thing} would open. "
            "Whoever looks after Postern's server can help."
        )
