"""What was found about a post: it lay in a network's drafts already (R45), or the original is gone (R97)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires
from posts.clearance import actions
from posts.clearance.models import PrematureUpload
from posts.content.actions import PostDiscarded, note_origin_gone
from posts.content.models import Post, Version
from posts.publishing.rules import NotATime, instant_at

from ..forms import number_from
from .showing import post_page


@requires("publication.record")
@require_POST
def record_upload(request: MemberRequest, pk: int) -> HttpResponse:
    """It was loaded into a network's own drafts or scheduler before the gate was asked."""
    post = _post(request, pk)
    at, typed = timezone.now(), request.POST.get("uploaded_at", "")
    living = Version.objects.filter(post=post, dropped_at=None).select_related("post")
    version = living.filter(pk=number_from(request.POST.get("version", ""))).first()
    try:
        if version is None:
            raise NotATime("Choose the channel.")
        uploaded_at = instant_at(typed, request.practice.time_zone)
        if uploaded_at > at:
            raise NotATime("This lies ahead. When was it loaded there?")
    except NotATime as error:
        return post_page(request, post, error=str(error), status=422, uploaded_typed=typed)
    note = request.POST.get("note", "")
    actions.record_premature_upload(version=version, uploaded_at=uploaded_at, note=note, by=request.by, at=at)
    messages.success(request, "Recorded. Delete it there, then say so here; until then it is stopped.")
    return redirect("planning:post", request.practice.slug, pk)


@requires("publication.record")
@require_POST
def record_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody deleted it from the network's drafts."""
    rows = PrematureUpload.objects.select_related("version__post")
    upload = get_object_or_404(rows, practice=request.practice, pk=pk)
    try:
        actions.record_removal(upload=upload, by=request.by, at=timezone.now())
    except actions.AlreadyAnswered as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Recorded: it is gone from there.")
    return redirect("planning:post", request.practice.slug, upload.version.post_id)


@requires("publication.record")
@require_POST
def origin_gone(request: MemberRequest, pk: int) -> HttpResponse:
    """The original is gone: a likely withdrawal, so nothing of the repost goes out."""
    post = _post(request, pk)
    at, typed = timezone.now(), request.POST.get("gone_at", "")
    try:
        gone_at = instant_at(typed, request.practice.time_zone) if typed else at
        if gone_at > at:
            raise NotATime("This lies ahead. Since when is it gone?")
        note_origin_gone(post=post, gone_at=gone_at, by=request.by, at=at)
    except (NotATime, PostDiscarded) as error:
        return post_page(request, post, error=str(error), status=422, gone_typed=typed)
    messages.success(request, "Recorded. Nothing of it goes out any more.")
    return redirect("planning:post", request.practice.slug, pk)


def _post(request: MemberRequest, pk: int) -> Post:
    """A post of the practice that was not discarded."""
    rows = Post.objects.select_related("practice", "author").filter(discarded_at=None)
    return get_object_or_404(rows, practice=request.practice, pk=pk)
