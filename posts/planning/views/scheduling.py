"""Choose when an approved post goes out; see the days."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from posts.clearance.actions import GateRefused
from posts.content.models import Post, Version
from posts.publishing.actions import AlreadyScheduled, InThePast, NotApproved
from posts.publishing.actions import schedule as schedule_version
from posts.publishing.rules import NotATime, instant_at

from ..forms import numbers_from
from ..queries import days
from .showing import post_page


@requires("post.schedule")
@require_POST
def schedule(request: MemberRequest, pk: int) -> HttpResponse:
    """Put the ticked versions into the queue for the chosen time, by the practice's clock."""
    rows = Post.objects.select_related("practice", "author").filter(discarded_at=None)
    post = get_object_or_404(rows, practice=request.practice, pk=pk)
    at = timezone.now()
    typed = request.POST.get("due_at", "")
    ticked = numbers_from(request.POST.getlist("version"))
    versions = list(
        Version.objects.filter(post=post, pk__in=ticked, dropped_at=None).select_related("account")
    )
    more = {"typed": typed, "ticked": {version.pk for version in versions}}
    if not versions:
        return post_page(request, post, error="Tick at least one channel.", status=422, **more)
    try:
        due_at = at if "now" in request.POST else instant_at(typed, request.practice.time_zone)
    except NotATime as error:
        return post_page(request, post, error=str(error), status=422, **more)
    told = []
    for version in versions:
        try:
            schedule_version(version=version, due_at=due_at, by=request.by, at=at)
        except (InThePast, NotApproved, AlreadyScheduled, GateRefused) as error:
            told.append(f"{version.account}: {error}")
    if told:
        return post_page(request, post, error=" ".join(told), status=422, **more)
    messages.success(request, "Scheduled. It is asked again at the last moment whether it may go out.")
    return redirect("planning:post", request.practice.slug, pk)


@requires("post.view")
@require_safe
def calendar(request: MemberRequest) -> HttpResponse:
    """What goes out and went out, day by day."""
    return render(request, "planning/calendar.html", {"days": days(request.practice, timezone.now())})
