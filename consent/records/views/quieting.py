"""When not to ask, and a no thanks that is remembered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires
from consent.access.queries import today_at
from consent.people.models import Representation
from consent.people.queries import person_of, representations_of, shown_name

from .. import actions
from ..forms import SELF, QuietForm, RefusalForm
from ..queries import quiet_times_of
from .ending import name_of, to_record


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def keep_quiet(request: MemberRequest, pk: int) -> HttpResponse:
    """Note a visit or procedure, or the day before which nobody asks."""
    person, at = person_of(request.practice, pk), timezone.now()
    form = QuietForm(request.POST or None, today=today_at(request.practice, at))
    if form.is_valid():
        actions.keep_quiet(person=person, **form.cleaned_data, by=request.by, at=at)
        return to_record(request, person, "Noted. Nobody asks them meanwhile.")
    shown = {"person": person, "name": name_of(request, person), "form": form}
    return render(request, "records/keep_quiet.html", shown, status=422 if form.errors else 200)


@requires("consent.prepare")
@require_POST
def end_quiet(request: MemberRequest, pk: int, quiet: int) -> HttpResponse:
    """They may be asked after all."""
    person = person_of(request.practice, pk)
    row = get_object_or_404(quiet_times_of(person), pk=quiet)
    actions.end_quiet(quiet=row, by=request.by, at=timezone.now())
    return to_record(request, person, "They may be asked again.")


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def refuse_renewal(request: MemberRequest, pk: int) -> HttpResponse:
    """They told us no thanks; what stands already goes on."""
    person = person_of(request.practice, pk)
    rights = {str(row.pk): row for row in representations_of(person, exclusions=False).filter(ended_at=None)}
    who = [(SELF, name_of(request, person)), *((key, _told(row)) for key, row in rights.items())]
    form = RefusalForm(request.POST or None, who=who)
    if form.is_valid():
        chosen = rights.get(form.cleaned_data["who"])
        said_by = chosen.representative if chosen else person
        actions.refuse_renewal(person=person, said_by=said_by, how="told", by=request.by, at=timezone.now())
        return to_record(request, person, "Noted. They are not asked again for now.")
    shown = {"person": person, "name": name_of(request, person), "form": form}
    return render(request, "records/refuse_renewal.html", shown, status=422 if form.errors else 200)


def _told(row: Representation) -> str:
    return f"{shown_name(row.representative, identify=True)}, {row.get_authority_display().lower()}"
