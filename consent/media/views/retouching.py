"""Cover places of a picture and crop it, with mouse, touch or keyboard; the server changes the pixels."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires

from .. import actions
from ..forms import RetouchForm
from ..models import Asset
from ..queries import Seen, eyesight, people_in, rendition_of
from ..rules import PictureRefused
from .page import Place, picture_of


@requires("media.upload")
@require_http_methods(["GET", "POST"])
def retouch(request: MemberRequest, pk: int) -> HttpResponse:
    """Mark what to cover and what to keep; a new rendition is made of it, and looked at again."""
    picture = picture_of(request, pk)
    rendition = rendition_of(picture)
    eyes = eyesight(rendition)
    sent = request.POST if request.method == "POST" else None
    form = RetouchForm(sent, rendition=rendition, places=eyes.sightings)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.retouch(
                rendition=rendition,
                covers=told["covers"],
                crop=told["crop"],
                by=request.by,
                at=timezone.now(),
            )
        except (actions.NothingToDo, actions.CoverDoesNotCure, PictureRefused) as error:
            form.add_error(None, str(error))
        else:
            _say_made(request, picture)
            return redirect("media:asset", request.practice.slug, pk)
    places = [Place(one, Seen.of(one)) for one in eyes.sightings if one.seen]
    context = {"asset": picture, "rendition": rendition, "places": places, "form": form}
    return render(request, "media/retouch.html", context, status=422 if form.errors else 200)


def _say_made(request: MemberRequest, picture: Asset) -> None:
    """What was made, and that what is said of a picture holds for all its copies."""
    messages.success(
        request, "A new copy is made and is being looked at. Posts use it from now on when you choose it."
    )
    named = [person.alias for person in people_in(picture)]
    if named:
        messages.info(
            request,
            f"{', '.join(named)} still count as shown, face and all: what is said of a picture holds for each of its"
            " copies. If nothing of somebody can be recognised in any copy you use, take them out of the list.",
        )
