"""Who signed which version and who has yet to; whom to ask again; and what the front desk has to ask."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.models import Practice
from consent.people.queries import people_of, shown_name
from consent.wording.models import Wording
from consent.wording.queries import wording_of

from .. import actions
from ..forms import AskAgainForm
from ..models import Reask
from ..queries import Signed, open_reasks, reask_of, signed_versions


@requires("wording.view")
@require_safe
def signed_versions_page(request: MemberRequest, pk: int) -> HttpResponse:
    """Who signed a version of a form, and who has yet to."""
    row = wording_of(request.practice, pk)
    told = signed_versions(row, timezone.now())
    form = AskAgainForm(people=[one.person_id for one in told.yet])
    return _page(request, row, form)


@requires("consent.reask")
@require_http_methods(["GET", "POST"])
def ask_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose who is asked to sign the changed form."""
    row, at = wording_of(request.practice, pk), timezone.now()
    told = signed_versions(row, at)
    form = AskAgainForm(request.POST or None, people=[one.person_id for one in told.yet])
    if form.is_valid():
        try:
            asked = actions.ask_again(wording=row, **form.cleaned_data, by=request.by, at=at)
        except actions.NothingToAsk as refusal:
            form.add_error(None, str(refusal))
        else:
            count = "One person is" if len(asked) == 1 else f"{len(asked)} people are"
            messages.success(request, f"{count} to be asked again. The front desk sees it.")
            return redirect("records:signed_versions", request.practice.slug, pk)
    return _page(request, row, form)


def _page(request: MemberRequest, row: Wording, form: AskAgainForm) -> HttpResponse:
    told = signed_versions(row, timezone.now())
    names = _names(request, [one.person_id for one in (*told.signed, *told.yet)])
    page = {
        "row": row,
        "form": form,
        "signed": _named(told.signed, names),
        "yet": _named(told.yet, names),
        "is_whole": told.is_whole,
        "chosen": set(form.data.getlist("people")) if hasattr(form.data, "getlist") else set(),
        "is_material": row.change == Wording.Change.MATERIAL,
    }
    return render(
        request, "records/signed_versions.html", page, status=422 if form.is_bound and form.errors else 200
    )


def _named(rows: list[Signed], names: dict[int, str]) -> list[dict[str, Any]]:
    return [{"one": one, "name": names[one.person_id]} for one in rows]


def _names(request: MemberRequest, people: list[int]) -> dict[int, str]:
    """What to call them in front of this member (R54)."""
    identify = request.can("person.identify")
    found = people_of(request.practice).in_bulk(people)
    return {pk: shown_name(person, identify=identify) for pk, person in found.items()}


@requires("consent.prepare")
@require_safe
def reasks(request: MemberRequest) -> HttpResponse:
    """Everybody who is to be asked again, the oldest wish first."""
    return render(request, "records/reasks.html", {"rows": _asked(request, request.practice)})


def _asked(request: MemberRequest, practice: Practice) -> list[dict[str, Any]]:
    rows = list(open_reasks(practice))
    names = _names(request, [row.person_id for row in rows])
    return [{"row": row, "name": names[row.person_id]} for row in rows]


@requires("consent.prepare")
@require_POST
def close_reask(request: MemberRequest, pk: int) -> HttpResponse:
    """They said no, or asking makes no sense any more."""
    row, why = reask_of(request.practice, pk), request.POST.get("why", "")
    if why in Reask.Closed.values:
        actions.close_reask(reask=row, why=why, by=request.by, at=timezone.now())
        messages.success(request, "Written down. Nobody is asked about it any more.")
    else:
        messages.error(request, "Press one of the buttons, so that it is known why.")
    return redirect("records:reasks", request.practice.slug)
