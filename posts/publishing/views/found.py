"""What was out before Postern, and where a person appears."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.searches import typed
from consent.people.models import Person
from consent.people.queries import people_found
from posts.publishing.actions.tasks import record_found as record_found_publication
from posts.publishing.forms import FoundForm, row_numbers
from posts.publishing.queries.places import places_of

FOUND_AT_MOST = 8


@requires("publication.record")
@require_http_methods(["GET", "POST"])
def record_found(request: MemberRequest) -> HttpResponse:
    """Record a publication from before; without a permission that stands, its takedown is owed at once."""
    if "find" in request.POST:
        so_far = FoundForm(practice=request.practice, initial=request.POST.dict())
        return render(request, "publishing/record_found.html", {"form": so_far, **_to_tick(request)})
    form = FoundForm(request.POST or None, practice=request.practice)
    if form.is_valid():
        fields: dict[str, Any] = form.cleaned_data | {"people": list(form.cleaned_data["people"])}
        delivery = record_found_publication(**fields, by=request.by, at=timezone.now())
        messages.success(request, "Recorded. If permission ends or is missing, it has to come down.")
        return redirect("publishing:delivery", request.practice.slug, delivery.pk)
    chosen = Person.objects.filter(
        practice=request.practice, pk__in=row_numbers(request.POST.getlist("people"))
    )
    context = {"form": form, "people": chosen}
    return render(request, "publishing/record_found.html", context, status=422 if form.errors else 200)


@requires("publication.record")
@require_POST
def find_people(request: MemberRequest) -> HttpResponse:
    """People to tick: those ticked already, and those whose names begin like the text."""
    return render(request, "publishing/includes/people.html", _to_tick(request))


def _to_tick(request: MemberRequest) -> dict[str, Any]:
    """Those ticked so far, and those who are called like what was typed."""
    ticked, text = row_numbers(request.POST.getlist("people")), typed(request)
    chosen = list(Person.objects.filter(practice=request.practice, pk__in=ticked).order_by("alias"))
    identify = request.can("person.identify")
    found = people_found(request.practice, text, FOUND_AT_MOST, identify=identify) if text else []
    others = [person for person in found if person.pk not in ticked]
    return {"people": chosen, "found": others, "text": text}


@requires("post.view")
@require_safe
def appearances(request: MemberRequest, pk: int) -> HttpResponse:
    """The panel of a person's record: where they appear."""
    person = get_object_or_404(Person, practice=request.practice, pk=pk)
    return render(request, "publishing/includes/appearances.html", {"places": places_of([person.pk])})
