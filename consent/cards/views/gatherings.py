"""At the desk: the practice's events, a new one, its code to print, its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.queries import today_at
from consent.signing.paper import code_of

from .. import actions
from ..forms import GatheringForm
from ..models import Poster
from ..queries import (
    gathering_of,
    gatherings_of,
    poster_address,
    takes_guests,
    wordings_at,
    wordings_for_event,
)
from ..rules import CardWords


@requires("event.view")
@require_safe
def gatherings(request: MemberRequest) -> HttpResponse:
    """The events, the latest first."""
    at = timezone.now()
    rows = [(one, takes_guests(one, at)) for one in gatherings_of(request.practice)]
    return render(request, "cards/gatherings.html", {"rows": rows, "today": today_at(request.practice, at)})


@requires("consent.prepare")
@require_http_methods(["GET", "HEAD", "POST"])
def open_gathering(request: MemberRequest) -> HttpResponse:
    """A new event."""
    at = timezone.now()
    wordings = wordings_for_event(request.practice, at)
    if not wordings:
        return render(request, "cards/no_form.html")
    form = GatheringForm(
        request.POST or None,
        practice=request.practice,
        wordings=wordings,
        today=today_at(request.practice, at),
    )
    if form.is_valid():
        try:
            opened = actions.open_gathering(terms=form.terms(), by=request.by, at=at)
        except actions.GatheringRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The event is open. Print its poster, and hang it where guests see it.")
            return redirect("cards:gathering", practice=request.practice.slug, pk=opened.pk)
    return render(request, "cards/open.html", {"form": form}, status=422 if form.errors else 200)


@requires("consent.prepare")
@require_POST
def make_poster(request: MemberRequest, pk: int) -> HttpResponse:
    """A poster to print. Its token is kept nowhere, so a reload makes another one; the older stays good."""
    found, at = gathering_of(request.practice, pk), timezone.now()
    try:
        token = actions.make_poster(gathering=found, by=request.by, at=at)
    except actions.GatheringRefused as error:
        messages.error(request, str(error))
        return redirect("cards:gathering", practice=request.practice.slug, pk=pk)
    address = poster_address(token)
    page = {
        "gathering": found,
        "address": address,
        "code": code_of(address),
        "languages": [CardWords(one, practice=found.practice.name) for one in wordings_at(found, at)],
    }
    return render(request, "cards/poster.html", page)


@requires("consent.prepare")
@require_POST
def end_poster(request: MemberRequest, pk: int, poster: int) -> HttpResponse:
    """This code leads nowhere any more."""
    found = get_object_or_404(Poster, pk=poster, gathering=gathering_of(request.practice, pk))
    actions.end_poster(poster=found, by=request.by, at=timezone.now())
    messages.success(request, "That poster leads nowhere any more. Take it down.")
    return redirect("cards:gathering", practice=request.practice.slug, pk=pk)


@requires("consent.prepare")
@require_POST
def close_gathering(request: MemberRequest, pk: int) -> HttpResponse:
    """No new guests; whoever has begun may finish."""
    found = gathering_of(request.practice, pk)
    actions.close_gathering(gathering=found, by=request.by, at=timezone.now())
    messages.success(request, "The event is closed. Guests who have begun may still finish.")
    return redirect("cards:gathering", practice=request.practice.slug, pk=pk)
