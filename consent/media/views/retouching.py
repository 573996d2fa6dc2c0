"""Cover places of a picture and crop it, with mouse, touch or keyboard; the server changes the pixels."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.wording.rules import ELEMENTS

from .. import actions
from ..forms import RetouchForm
from ..models import Appearance, Asset
from ..queries import Seen, eyesight, looks_by_rendition, rendition_of
from ..rules import PictureRefused, joined
from .page import Place, picture_of


@requires("media.upload")
@require_http_methods(["GET", "POST"])
def retouch(request: MemberRequest, pk: int) -> HttpResponse:
    """Mark what to cover and what to keep; a new rendition is made of it, and looked at again."""
    picture = picture_of(request, pk)
    rendition = rendition_of(picture)
    if rendition.seconds:
        messages.error(request, "A video cannot be cut or covered here. Cut it before you add it.")
        return redirect("media:asset", request.practice.slug, pk)
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
                soft=told["soft"],
                by=request.by,
                at=timezone.now(),
            )
        except (actions.NothingToDo, actions.CoverDoesNotCure, PictureRefused) as error:
            form.add_error(None, str(error))
        else:
            _say_made(request, picture_of(request, pk))
            return redirect("media:asset", request.practice.slug, pk)
    places = [Place(one, Seen.of(one)) for one in eyes.sightings if one.seen]
    context = {"asset": picture, "rendition": rendition, "places": places, "form": form}
    return render(request, "media/retouch.html", context, status=422 if form.errors else 200)


def _say_made(request: MemberRequest, picture: Asset) -> None:
    """What was made, and that what is said of a picture holds for all its copies."""
    messages.success(
        request, "A new copy is made and is being looked at. Posts use it from now on when you choose it."
    )
    told = [f"{look.person} ({joined(_shown(look))})" for look in _still_shown(picture)]
    if told:
        messages.info(
            request,
            f"Still counted as shown in the new copy: {'; '.join(told)}. If nobody would know them in it, say so.",
        )


def _still_shown(picture: Asset) -> list[Appearance]:
    """Who still counts as shown by the newest copy."""
    rendition = rendition_of(picture)
    found = looks_by_rendition([rendition])[rendition.pk]
    return [look for look in found if look.person is not None and not look.masked]


def _shown(look: Appearance) -> list[str]:
    """What of them, in words."""
    return [ELEMENTS.get(key, key) for key in look.elements]
