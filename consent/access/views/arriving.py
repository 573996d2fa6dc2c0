"""Coming in, and the pages that belong to nobody's room."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consent.audit.rules import SYSTEM

from ..actions import lock_out
from ..doors import open_to_members, open_to_public
from ..models import User
from ..queries import memberships_of


@open_to_members
@require_safe
def arrive(request: HttpRequest) -> HttpResponse:
    """Send a signed-in user to their practice, or let them choose among several."""
    user = request.user
    assert isinstance(user, User)
    memberships = list(memberships_of(user))
    if len(memberships) == 1:
        return redirect("reports:home", practice=memberships[0].practice.slug)
    return render(request, "access/choose_practice.html", {"memberships": memberships})


@open_to_members
@require_safe
def still_here(request: HttpRequest) -> HttpResponse:
    """Someone who writes for long without sending anything is not idle; the middleware notes it."""
    return HttpResponse(status=204)


def tried_email(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Whose sign-in axes counts a wrong password against: one account, never everybody behind one address."""
    typed = request.POST.get(settings.AXES_USERNAME_FORM_FIELD, "")
    return str((credentials or {}).get("email") or typed).lower()


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """What axes shows instead of `response` once too many passwords were wrong."""
    if user := User.objects.filter(email__iexact=tried_email(request, credentials)).first():
        cool_off = timedelta(hours=settings.AXES_COOLOFF_TIME)
        lock_out(user=user, cool_off=cool_off, by=SYSTEM, at=timezone.now())
    return render(request, "access/locked_out.html", status=429)


@open_to_public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old, or came from elsewhere: nothing was changed."""
    return render(request, "access/stale_form.html", status=403)
