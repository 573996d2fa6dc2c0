"""What the detectors saw in a picture: say who it is, why it is nobody, look over the rest; or look again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from consent.access.doors import MemberRequest, requires

from .. import actions
from ..forms import AttestForm, BackgroundForm
from ..models import Sighting
from ..queries import eyesight, rendition_of
from .page import picture_of


def sighting_of(request: MemberRequest, pk: int) -> Sighting:
    """One thing seen in a picture of the practice."""
    return get_object_or_404(Sighting.objects.select_related("scan"), practice=request.practice, pk=pk)


@requires("media.view")
@require_safe
def seen(request: MemberRequest, pk: int) -> HttpResponse:
    """Whether the detectors have looked: the page is shown anew when they have."""
    eyes = eyesight(rendition_of(picture_of(request, pk)))
    if eyes.state != "asked":
        return HttpResponseClientRefresh()
    return render(request, "media/includes/looking.html", {"eyes": eyes, "asset": picture_of(request, pk)})


@requires("appearance.name")
@require_POST
def attest(request: MemberRequest, pk: int) -> HttpResponse:
    """Say why what was seen tells nobody who it is: one thing, or every open text at once."""
    first = sighting_of(request, pk)
    form = AttestForm(request.POST)
    chosen = [first]
    if form.is_valid() and form.cleaned_data["all_like_it"]:
        chosen = list(first.scan.sightings.filter(kind=first.kind, settled=""))
    try:
        actions.attest_sightings(
            sightings=chosen, why=form.cleaned_data.get("why", ""), by=request.by, at=timezone.now()
        )
    except (actions.WhyMissing, actions.AlreadyDropped) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It is noted why nobody can be recognised by it.")
    return _back(request, first)


@requires("appearance.name")
@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what was said of something seen."""
    sighting = sighting_of(request, pk)
    try:
        actions.reopen_sighting(sighting=sighting, by=request.by, at=timezone.now())
    except actions.AlreadyDropped as error:
        messages.error(request, str(error))
    return _back(request, sighting)


@requires("appearance.name")
@require_POST
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that the whole picture was looked over, point by point (R38)."""
    picture = picture_of(request, pk)
    form = BackgroundForm(request.POST)
    points = form.cleaned_data["points"] if form.is_valid() else []
    try:
        actions.review_background(
            rendition=rendition_of(picture), points=points, by=request.by, at=timezone.now()
        )
    except actions.StillOpen as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Looked over. Where things were in the picture is forgotten now.")
    return redirect("media:asset", request.practice.slug, pk)


@requires("appearance.name")
@require_POST
def look_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for another look by the detectors."""
    actions.ask_again(rendition=rendition_of(picture_of(request, pk)), by=request.by, at=timezone.now())
    return redirect("media:asset", request.practice.slug, pk)


def _back(request: MemberRequest, sighting: Sighting) -> HttpResponse:
    """To the picture's page, at the list of what was seen."""
    return redirect(reverse("media:asset", args=[request.practice.slug, sighting.scan.asset_id]) + "#seen")
