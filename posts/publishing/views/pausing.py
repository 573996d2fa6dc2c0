"""One button that stops everything, and one that lets it go on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires
from posts.publishing.actions.pause import AlreadyPaused, AlreadyResumed
from posts.publishing.actions.pause import pause as pause_publishing
from posts.publishing.actions.pause import resume as resume_publishing
from posts.publishing.forms import PauseForm
from posts.publishing.models import Pause


@requires("publishing.pause")
@require_POST
def pause(request: MemberRequest) -> HttpResponse:
    """Let nothing of this practice go out."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why, so that the others know.")
        return redirect("publishing:deliveries", request.practice.slug)
    try:
        pause_publishing(
            practice=request.practice, why=form.cleaned_data["why"], by=request.by, at=timezone.now()
        )
    except AlreadyPaused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Paused. Nothing goes out; withdrawals and takedowns go on.")
    return redirect("publishing:deliveries", request.practice.slug)


@requires("publishing.pause")
@require_POST
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Let it go on."""
    found = get_object_or_404(Pause, practice=request.practice, pk=pk)
    try:
        resume_publishing(pause=found, by=request.by, at=timezone.now())
    except AlreadyResumed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Publishing goes on. What is too late now goes back to its author.")
    return redirect("publishing:deliveries", request.practice.slug)
