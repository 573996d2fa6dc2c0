"""Legal holds: what is kept from being erased for a lawsuit or an inquiry, since when, by whom, until when (R60)."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.access.doors import MemberRequest, requires
from consent.people.models import Person
from consent.people.queries import identity_ids, person_of, shown_name
from consent.people.rules import said

from .. import actions
from ..actions import NothingThere
from ..forms import ALL, LegalHoldForm, LiftForm
from ..models import Consent, LegalHold
from ..queries import legal_holds_of, lifted_legal_holds, standing_legal_holds
from .ending import name_of, to_record


@requires("legal_hold.view")
@require_safe
def legal_holds(request: MemberRequest) -> HttpResponse:
    """The legal holds in force, and those that were lifted."""
    shown = {
        "standing": _named(request, standing_legal_holds(request.practice)),
        "lifted": _named(request, lifted_legal_holds(request.practice)),
    }
    return render(request, "records/legal_holds.html", shown)


@requires("record.dispose")
@require_http_methods(["GET", "POST"])
def place_legal_hold(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep everything of a person, or one permission with its document, for a legal matter."""
    person = person_of(request.practice, pk)
    rows = {str(row.pk): row for row in _consents(person)}
    form = LegalHoldForm(
        request.POST or None,
        consents=[(key, _called(row)) for key, row in rows.items()],
        chosen=request.GET.get("consent", ""),
    )
    if form.is_valid():
        what, why = form.cleaned_data["what"], form.cleaned_data["why"]
        row = None if what == ALL else rows[what]
        actions.place_legal_hold(
            person=row.person if row else person, consent=row, why=why, by=request.by, at=timezone.now()
        )
        return to_record(
            request, person, "On legal hold. Nothing that it keeps is erased until it is lifted."
        )
    shown = {"person": person, "name": name_of(request, person), "form": form}
    return render(request, "records/place_legal_hold.html", shown, status=422 if form.errors else 200)


@requires("record.dispose")
@require_http_methods(["GET", "POST"])
def lift_legal_hold(request: MemberRequest, pk: int) -> HttpResponse:
    """The matter is over: say why, and the hold ends."""
    rows = LegalHold.objects.select_related("person", "consent__wording", "placed_by")
    hold = get_object_or_404(rows, practice=request.practice, pk=pk)
    if hold.lifted_at is not None:
        messages.error(request, "This hold was lifted before.")
        return redirect("records:legal_holds", request.practice.slug)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        try:
            actions.lift_legal_hold(hold=hold, why=why, by=request.by, at=timezone.now())
        except NothingThere as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The legal hold is lifted.")
        return redirect("records:legal_holds", request.practice.slug)
    shown = {
        "person": hold.person,
        "name": name_of(request, hold.person),
        "form": form,
        "hold": hold,
        "others": legal_holds_of(hold.person).exclude(pk=hold.pk).exists(),
    }
    return render(request, "records/lift_legal_hold.html", shown, status=422 if form.errors else 200)


def _consents(person: Person) -> Iterable[Consent]:
    """Every permission of the person, on whichever record, the newest first."""
    rows = Consent.objects.filter(person__in=identity_ids(person))
    return rows.select_related("person", "wording").order_by("-signed_at", "-pk")


def _called(row: Consent) -> str:
    day = row.signed_at.astimezone(ZoneInfo(row.zone)).date()
    return f"Only “{row.wording.title}”, signed {said(day)}"


def _named(request: MemberRequest, rows: Iterable[LegalHold]) -> list[tuple[str, LegalHold]]:
    identify = request.can("person.identify")
    return [(shown_name(row.person, identify=identify), row) for row in rows]
