"""Who is who in a story: found by alias, said, taken back. "We do not know" is an answer, and a no."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires
from consent.access.rules import number_sent
from consent.access.searches import typed
from posts.planning.queries.mentioning import people_to_mention

from .. import actions
from ..forms import PartForm, begin_of
from ..models import Part, Story
from ..queries import parts_of, story_of


@requires("story.keep")
@require_POST
def find_person(request: MemberRequest) -> HttpResponse:
    """People by alias, with their badges (R54)."""
    return render(request, "community/includes/people.html", {"found": _found(request), "looked": True})


@requires("story.keep")
@require_http_methods(["GET", "POST"])
def say_part(request: MemberRequest, pk: int) -> HttpResponse:
    """Say who somebody in the story is, or say it anew of somebody named before."""
    story = story_of(request.practice, pk)
    changed = _changed(request, story)
    if request.method != "POST" or "find" in request.POST:
        so_far = (
            request.POST.dict()
            if request.method == "POST"
            else begin_of(changed, request.GET.get("kind", ""))
        )
        return _page(request, story, PartForm(practice=request.practice, initial=so_far), changed)
    form = PartForm(request.POST, practice=request.practice)
    if not form.is_valid():
        return _page(request, story, form, changed, status=422)
    at = timezone.now()
    try:
        # Whoever is said anew is no longer who they were said to be.
        if changed is not None:
            actions.end_part(part=changed, by=request.by, at=at)
        actions.say_part(story=story, **form.cleaned_data, by=request.by, at=at)
    except actions.PartRefused as error:
        form.add_error(None, str(error))
        return _page(request, story, form, changed, status=422)
    messages.success(request, "Noted. Is anybody else shown or told of in it?")
    return redirect("community:story", request.practice.slug, pk)


@requires("story.keep")
@require_POST
def end_part(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody is not in the story after all."""
    rows = Part.objects.select_related("story").filter(ended_at=None)
    part = get_object_or_404(rows, practice=request.practice, pk=pk)
    try:
        actions.end_part(part=part, by=request.by, at=timezone.now())
    except actions.PartRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Taken back. It stays to be read in the history.")
    return redirect("community:story", request.practice.slug, part.story_id)


@requires("story.keep")
@require_POST
def name_everybody(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody else is in it; or that is taken back."""
    named = request.POST.get("named") != "no"
    actions.name_everybody(
        story=story_of(request.practice, pk), named=named, by=request.by, at=timezone.now()
    )
    messages.success(request, "Noted: nobody else is in it." if named else "Taken back.")
    return redirect("community:story", request.practice.slug, pk)


def _page(
    request: MemberRequest, story: Story, form: PartForm, changed: Part | None, *, status: int = 200
) -> HttpResponse:
    """The page about one of those in a story."""
    chosen = number_sent(str(form["person"].value() or ""))
    found = _found(request) if "find" in request.POST else []
    context: dict[str, Any] = {
        "story": story,
        "form": form,
        "changed": changed,
        "found": found,
        "looked": "find" in request.POST,
        "query": typed(request),
        "chosen": request.practice.people.filter(pk=chosen).first() if chosen else None,
    }
    return render(request, "community/say_part.html", context, status=status)


def _changed(request: MemberRequest, story: Story) -> Part | None:
    """The part that is said anew, if the page named one of this story."""
    number = number_sent((request.POST or request.GET).get("instead", ""))
    return next((part for part in parts_of(story) if part.pk == number), None)


def _found(request: MemberRequest) -> list[Any]:
    return people_to_mention(
        request.practice, typed(request), timezone.now(), identify=request.can("person.identify")
    )
