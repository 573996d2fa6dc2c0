"""What may be erased: one proposes, another executes; what is held (R60)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.records.actions import (
    Held,
    NeedsAnother,
    NothingThere,
    StillKept,
    execute_disposal,
    propose_disposal,
)
from consent.records.models import Consent, Disposal

from ..queries.disposing import erasable, proposed_disposals, standing_holds, uses_of

WHY = "The years for which it is kept are over."


@requires("record.dispose")
@require_safe
def disposals(request: MemberRequest) -> HttpResponse:
    """What may be erased, what waits for a second person, what is held."""
    found = {
        "erasable": erasable(request.practice, timezone.now()),
        "proposed": proposed_disposals(request.practice),
        "held": standing_holds(request.practice),
    }
    return render(request, "reports/disposals.html", found)


@requires("record.dispose")
@require_POST
def propose(request: MemberRequest) -> HttpResponse:
    """Propose to erase the name and strokes of a signature."""
    consent = get_object_or_404(Consent, practice=request.practice, pk=_number(request))
    uses = uses_of([consent])[consent.pk]
    try:
        propose_disposal(
            consent=consent,
            what=Disposal.What.MARK,
            uses=uses,
            why=WHY,
            by=request.by,
            at=timezone.now(),
        )
    except (StillKept, Held, NothingThere) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Proposed. Someone else erases it.")
    return redirect("reports:disposals", request.practice.slug)


@requires("record.dispose")
@require_POST
def execute(request: MemberRequest) -> HttpResponse:
    """Erase for good what somebody else proposed."""
    disposal = get_object_or_404(Disposal, practice=request.practice, pk=_number(request))
    uses = uses_of(list(Consent.objects.filter(person=disposal.person_id)))
    try:
        execute_disposal(disposal=disposal, uses=uses, by=request.by, at=timezone.now())
    except (NeedsAnother, StillKept, Held, NothingThere) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Erased. The proof of the permission stays.")
    return redirect("reports:disposals", request.practice.slug)


def _number(request: MemberRequest) -> Any:
    text = request.POST.get("row", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else 0
