"""Two who may sign do not agree: the front desk records it, compliance settles it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.people.forms import kept
from consent.people.models import Representation
from consent.people.queries import person_of, representations_of, shown_name

from .. import actions
from ..actions import SettledAlready, Settlement
from ..forms import DisagreementForm, SettleForm
from ..models import Disagreement
from ..queries import consents_of, disagreements_of
from ..rules import REPRESENTATIVE
from .ending import name_of, to_record


@requires("consent.hold")
@require_http_methods(["GET", "POST"])
def disagree(request: MemberRequest, pk: int) -> HttpResponse:
    """Another one who may sign says no: everything stops until it is settled."""
    person = person_of(request.practice, pk)
    who = {str(row.pk): row for row in representations_of(person, exclusions=False).filter(ended_at=None)}
    form = DisagreementForm(
        request.POST or None, who=[(key, _told(request, row)) for key, row in who.items()]
    )
    if form.is_valid():
        actions.record_disagreement(
            person=person,
            objector=who[form.cleaned_data["who"]],
            how=form.cleaned_data["how"],
            by=request.by,
            at=timezone.now(),
        )
        return to_record(request, person, "Recorded. Nothing new of them goes out until it is settled.")
    shown = {"person": person, "name": name_of(request, person), "form": form, "nobody": not who}
    return render(request, "records/disagree.html", shown, status=422 if form.errors else 200)


@requires("consent.settle")
@require_http_methods(["GET", "POST"])
def settle(request: MemberRequest, pk: int, disagreement: int) -> HttpResponse:
    """Settle it: who decided, what we saw of it, and why."""
    person, at = person_of(request.practice, pk), timezone.now()
    row = get_object_or_404(disagreements_of(person), pk=disagreement)
    if row.settled_at is not None:
        return to_record(request, person, "It is settled already.")
    form = SettleForm(request.POST or None)
    if form.is_valid():
        settlement = Settlement(**form.cleaned_data)
        try:
            if kept(form, lambda: actions.settle_disagreement(
                disagreement=row, settlement=settlement, by=request.by, at=at
            )):  # fmt: skip
                return to_record(request, person, _done(settlement.outcome))
        except SettledAlready as settled:
            return to_record(request, person, str(settled))
    shown = {
        "person": person,
        "name": name_of(request, person),
        "form": form,
        "row": row,
        "who": _told(request, row.objector),
        "signed": [
            (view, shown_name(signer, identify=True))
            for view in consents_of(person, at)
            if view.consent.signer_role == REPRESENTATIVE and (signer := view.consent.signer)
        ],
    }
    return render(request, "records/settle_disagreement.html", shown, status=422 if form.errors else 200)


def _told(request: MemberRequest, row: Representation) -> str:
    name = shown_name(row.representative, identify=request.can("person.identify"))
    return f"{name}, {row.get_authority_display().lower()}"


def _done(outcome: str) -> str:
    if outcome == Disagreement.Outcome.STOP:
        return "Settled. What was signed for them is taken back; what is out is being removed."
    return "Settled. What was signed for them stands again."
