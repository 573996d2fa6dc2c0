"""What may be erased: one proposes, another executes or cancels (R60)."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.paper.queries import replaced_scans
from consent.people.models import ContactPoint
from consent.people.queries import shown_name
from consent.records.actions import (
    Held,
    NeedsAnother,
    NothingThere,
    StillKept,
    cancel_disposal,
    execute_disposal,
    propose_contact_disposal,
    propose_disposal,
)
from consent.records.models import Consent, Disposal, LegalHold
from consent.records.queries import closed_disposals, legal_holds_of, open_disposals, standing_legal_holds

from ..forms import CancelDisposalForm
from ..queries.disposing import SHOWN, Erasable, erasable, uses_of, uses_of_person

Row = TypeVar("Row", Erasable, Disposal, LegalHold)
WHY = "The years for which it is kept are over."
What = Disposal.What


@requires("record.dispose")
@require_safe
def disposals(request: MemberRequest) -> HttpResponse:
    """What may be erased, what waits for a second person, what is held, what was erased or cancelled."""
    found = erasable(request.practice, timezone.now())
    shown = {
        "erasable": _named(found),
        "full": len(found) == SHOWN,
        "proposed": _named(open_disposals(request.practice)),
        "held": _named(standing_legal_holds(request.practice)),
        "closed": _named(closed_disposals(request.practice)),
    }
    return render(request, "reports/disposals.html", shown)


@requires("record.dispose")
@require_POST
def propose(request: MemberRequest) -> HttpResponse:
    """Propose to erase a signature's name and strokes, a document's file, a replaced scan, or a contact point."""
    try:
        if request.POST.get("what") == What.CONTACT:
            _propose_contact(request)
        elif request.POST.get("what") == What.SCAN:
            _propose_scan(request)
        else:
            _propose_of_consent(request)
    except (StillKept, Held, NothingThere) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Proposed. Someone else erases it.")
    return redirect("reports:disposals", request.practice.slug)


def _propose_contact(request: MemberRequest) -> None:
    point = get_object_or_404(ContactPoint, practice=request.practice, pk=_number(request))
    uses = uses_of_person(point.person_id)
    propose_contact_disposal(point=point, uses=uses, why=WHY, by=request.by, at=timezone.now())


def _propose_scan(request: MemberRequest) -> None:
    scan = next((one for one in replaced_scans(request.practice) if one.pk == _number(request)), None)
    if scan is None or scan.printing.ceremony.signature is None:
        raise Http404("No such scan was replaced.")
    consent = scan.printing.ceremony.signature.consent
    propose_disposal(
        consent=consent,
        what=What.SCAN,
        scan=scan.document,
        uses=uses_of([consent])[consent.pk],
        why=WHY,
        by=request.by,
        at=timezone.now(),
    )


def _propose_of_consent(request: MemberRequest) -> None:
    consent = get_object_or_404(Consent, practice=request.practice, pk=_number(request))
    what = What.FILE if request.POST.get("what") == What.FILE else What.MARK
    uses = uses_of([consent])[consent.pk]
    propose_disposal(consent=consent, what=what, uses=uses, why=WHY, by=request.by, at=timezone.now())


@requires("record.dispose")
@require_http_methods(["GET", "POST"])
def execute(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what goes and what stays; then erase for good what somebody else proposed."""
    disposal = _disposal(request, pk)
    if request.method == "POST":
        uses = uses_of_person(disposal.person_id)
        try:
            execute_disposal(disposal=disposal, uses=uses, by=request.by, at=timezone.now())
        except (NeedsAnother, StillKept, Held, NothingThere) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Erased. The proof of the permission stays.")
        return redirect("reports:disposals", request.practice.slug)
    shown = {
        "one": disposal,
        "name": shown_name(disposal.person, identify=True),
        "point": ContactPoint.objects.filter(pk=disposal.row_id).first() if _is_contact(disposal) else None,
        "own": disposal.proposed_by_id == request.user.pk,
        "holds": legal_holds_of(disposal.person),
    }
    return render(request, "reports/execute_disposal.html", shown)


@requires("record.dispose")
@require_http_methods(["GET", "POST"])
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Say why it is not erased; then nothing is."""
    disposal = _disposal(request, pk)
    form = CancelDisposalForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        try:
            cancel_disposal(disposal=disposal, why=why, by=request.by, at=timezone.now())
        except NothingThere as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Cancelled. Nothing was erased.")
        return redirect("reports:disposals", request.practice.slug)
    shown = {"one": disposal, "form": form, "name": shown_name(disposal.person, identify=True)}
    return render(request, "reports/cancel_disposal.html", shown, status=422 if form.errors else 200)


def _disposal(request: MemberRequest, pk: int) -> Disposal:
    rows = Disposal.objects.select_related("person", "proposed_by", "consent__wording")
    return get_object_or_404(rows.prefetch_related("person__names"), practice=request.practice, pk=pk)


def _named(rows: Iterable[Row]) -> list[tuple[str, Row]]:
    """Each row with its person's full name: whoever may erase a record may know whose it is (R54)."""
    return [(shown_name(one.person, identify=True), one) for one in rows]


def _is_contact(disposal: Disposal) -> bool:
    return disposal.what == What.CONTACT


def _number(request: MemberRequest) -> int:
    text = request.POST.get("row", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else 0
