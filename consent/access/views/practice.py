"""The practice and its places."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ..actions import FactsOfThatDay, NameTaken, add_location, change_practice, record_facts
from ..doors import MemberRequest, requires
from ..forms import FactsForm, LocationForm, PracticeForm
from ..models import Location, LocationFacts
from ..queries import facts_on, locations, recipients_ended, recipients_shown, today_at
from ..rules import US_ZONES

form_page = require_http_methods(["GET", "POST"])
BEFORE = ("legal_entity", "state", "profession", "time_zone", "hospital", "part2", "small_town")


@requires("practice.view")
@require_safe
def practice(request: MemberRequest) -> HttpResponse:
    """What the practice says of itself, and what holds at its places."""
    today = today_at(request.practice, timezone.now())
    places = [
        {"location": place, "now": facts_on(place, today), "facts": place.facts.all()}
        for place in locations(request.practice)
    ]
    partners = recipients_shown(request.practice, today)
    ended = recipients_ended(request.practice)
    shown = {"places": places, "recipients": partners, "recipients_ended": ended}
    return render(request, "access/practice.html", shown)


@requires("practice.manage")
@form_page
def change(request: MemberRequest) -> HttpResponse:
    """Correct the practice's details."""
    form = PracticeForm(request.POST or None, practice=request.practice)
    if form.is_valid():
        change_practice(practice=request.practice, details=form.details(), by=request.by, at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("access:practice", request.practice.slug)
    return render(request, "access/change_practice.html", {"form": form, "zones": US_ZONES})


@requires("practice.manage")
@form_page
def add_place(request: MemberRequest) -> HttpResponse:
    """Add a location with what holds there."""
    now = timezone.now()
    first = {
        "legal_entity": request.practice.name,
        "time_zone": request.practice.time_zone,
        "from_date": today_at(request.practice, now),
    }
    form = LocationForm(request.POST or None, initial=first)
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            add_location(practice=request.practice, name=name, facts=form.facts(), by=request.by, at=now)
        except NameTaken as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{name} is on record.")
            return redirect("access:practice", request.practice.slug)
    return render(request, "access/add_location.html", {"form": form, "zones": US_ZONES})


@requires("practice.manage")
@form_page
def change_place(request: MemberRequest, pk: int) -> HttpResponse:
    """Record what holds at a location from a day on."""
    location = get_object_or_404(Location, pk=pk, practice=request.practice)
    now = timezone.now()
    today = today_at(request.practice, now)
    present = facts_on(location, today)
    form = FactsForm(request.POST or None, initial=_as_before(present) | {"from_date": today})
    if form.is_valid():
        try:
            record_facts(location=location, facts=form.facts(), by=request.by, at=now)
        except FactsOfThatDay as refusal:
            form.add_error("from_date", str(refusal))
        else:
            messages.success(request, f"Recorded for {location.name}.")
            return redirect("access:practice", request.practice.slug)
    return render(
        request, "access/record_facts.html", {"form": form, "location": location, "zones": US_ZONES}
    )


def _as_before(present: LocationFacts | None) -> dict[str, object]:
    """What holds now, to start from: usually one thing changes."""
    if present is None:
        return {}
    return {name: getattr(present, name) for name in BEFORE}
