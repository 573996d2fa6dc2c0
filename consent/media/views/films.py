"""A video's first frame and its captions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.files.store import read

from .. import actions
from ..actions.adding import RENDITIONS
from ..forms import CaptionsForm
from ..models import Asset, Rendition
from .page import picture_of


@requires("media.view")
@require_safe
def poster(request: MemberRequest, pk: int) -> HttpResponse:
    """The first frame, as a picture."""
    made = get_object_or_404(Rendition, practice=request.practice, pk=pk, asset__taken_back_at=None)
    if not made.poster_key:
        raise Http404("This is no video.")
    headers = {"X-Content-Type-Options": "nosniff"}
    return HttpResponse(read(RENDITIONS, made.poster_key), content_type="image/jpeg", headers=headers)


@requires("media.view")
@require_safe
def captions(request: MemberRequest, pk: int) -> HttpResponse:
    """The captions, for the video's own track."""
    film = get_object_or_404(Asset, practice=request.practice, pk=pk, taken_back_at=None)
    headers = {"X-Content-Type-Options": "nosniff"}
    return HttpResponse(film.captions or "WEBVTT\n", content_type="text/vtt; charset=utf-8", headers=headers)


@requires("media.upload")
@require_POST
def caption(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the captions, or take them from a file."""
    form = CaptionsForm(request.POST, request.FILES)
    picture = picture_of(request, pk)
    try:
        if not form.is_valid():
            raise actions.CaptionsRefused("These captions are too long, or the file is empty.")
        sent = form.cleaned_data["file"]
        actions.write_captions(
            asset=picture,
            typed=form.cleaned_data["typed"],
            file=sent.read() if sent else None,
            by=request.by,
            at=timezone.now(),
        )
    except actions.CaptionsRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The captions are kept. New posts with this video begin with them.")
    return redirect("media:asset", request.practice.slug, pk)
