"""Arriving, and the pages that belong to nobody's room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .doors import open_to_members, open_to_public
from .models import Membership, User


@open_to_members
def arrive(request: HttpRequest) -> HttpResponse:
    """Send a signed-in user to their practice, or let them choose among several."""
    user = request.user
    assert isinstance(user, User)
    memberships = list(Membership.objects.select_related("practice").filter(user=user, ended_at=None))
    if len(memberships) == 1:
        return redirect("reports:home", practice=memberships[0].practice.slug)
    return render(request, "access/choose_practice.html", {"memberships": memberships})


@open_to_members
def still_here(request: HttpRequest) -> HttpResponse:
    """Someone who writes for long without sending anything is not idle; the middleware notes it."""
    return HttpResponse(status=204)


@open_to_members
def account(request: HttpRequest) -> HttpResponse:
    """The user's own page: PIN, password, second factor."""
    return render(request, "access/account.html")


@open_to_public
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old, or came from elsewhere: nothing was changed."""
    return render(request, "access/stale_form.html", status=403)
