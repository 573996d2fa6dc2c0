"""Doors: closed unless opened. Each staff view names one ability; the practice comes from the path, never the session.

`requires` finds the membership and authorises in one step: strangers to the practice see 404, members without the
ability 403 (design 10). `open_to_public` marks the few doors that need no sign-in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from consent.audit.rules import Actor

from .models import Membership, Practice, User
from .rules import ABILITIES

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]
PUBLIC, ANY_MEMBER = "public", "any member"
LAST_ROW = 2**63 - 1
_DOORS: dict[View, str] = {}


class MemberRequest(HttpRequest):
    """A request behind `requires`: the member, their practice, and the actor that actions are given."""

    user: User
    membership: Membership
    practice: Practice
    by: Actor

    def can(self, ability: str) -> bool:
        """Whether the member holds `ability` here."""
        return self.membership.can(ability)


def user_actor(user: User) -> Actor:
    """The actor that the ledger names for a signed-in user."""
    return Actor("user", str(user.pk))


def living_membership(user: User, slug: str) -> Membership | None:
    """The user's membership of the practice named in the path, unless it has ended."""
    return (
        Membership.objects.select_related("practice", "user")
        .filter(user=user, practice__slug=slug, ended_at=None)
        .first()
    )


def requires(ability: str) -> Callable[[Callable[Concatenate[MemberRequest, P], HttpResponseBase]], View]:
    """Open a staff view under ``/p/<practice>/`` to members who hold `ability`."""
    if ability not in ABILITIES:
        raise ValueError(f"{ability} is not an ability")

    def decorate(view: Callable[Concatenate[MemberRequest, P], HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: Any, practice: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            membership = living_membership(request.user, practice)
            if membership is None or any(isinstance(one, int) and one > LAST_ROW for one in kwargs.values()):
                raise Http404  # SQLite takes no number beyond the last row's
            request.membership = membership  # before the refusal, whose page shows where one may go instead
            if not membership.can(ability):
                raise PermissionDenied
            request.practice = membership.practice
            request.by = user_actor(request.user)
            request.can = membership.can
            return view(request, *args, **kwargs)

        _DOORS[guarded] = ability
        return guarded

    return decorate


def open_to_public(view: View) -> View:
    """Open a view to anyone: signed links, the tablet, the wall."""
    opened: View = login_not_required(view)
    _DOORS[opened] = PUBLIC
    return opened


def open_to_members(view: View) -> View:
    """Open a view to any signed-in user, whatever their practice: arriving, their own account."""
    _DOORS[view] = ANY_MEMBER
    return view


def door_of(view: View) -> str | None:
    """The ability that `view` asks for, `PUBLIC`, `ANY_MEMBER`, or None for a view that named nothing."""
    return _DOORS.get(view)
