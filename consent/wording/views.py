"""The forms of the practice, as people sign them. Looking only: a wording in use never changes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.queries import locations

from .queries import wording_of, wordings_of, wordings_on_offer
from .rules import FilledForm, rendered_sections


@requires("wording.view")
@require_safe
def wordings(request: MemberRequest) -> HttpResponse:
    """Every form and version, with those that may be offered now marked."""
    rows, at = list(wordings_of(request.practice)), timezone.now()
    kinds = {(row.template.kind, row.language) for row in rows}
    offered = {
        w.pk for kind, language in kinds for w in wordings_on_offer(request.practice, kind, language, at)
    }
    return render(request, "wording/list.html", {"rows": rows, "offered": offered})


@requires("wording.view")
@require_safe
def wording(request: MemberRequest, pk: int) -> HttpResponse:
    """One version, as it is shown before anybody has marked anything."""
    row = wording_of(request.practice, pk)
    form, practice = row.form(), request.practice
    blank = FilledForm(
        clinic=practice.name,
        locations=", ".join(place.name for place in locations(practice)),
        privacy_officer=f"{practice.privacy_officer}, {practice.privacy_email}",
        person_name="",
    )
    shown = rendered_sections(form, blank)
    return render(request, "wording/wording.html", {"row": row, "form": form, "sections": shown})
