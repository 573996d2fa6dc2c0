"""About one permission alone: a hold of it, lifting that, a notary's statement."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.access.queries import today_at
from consent.people.models import Person
from consent.people.queries import identity_ids, person_of

from .. import actions
from ..forms import NotaryForm
from ..models import Consent
from ..queries import standing_hold
from .ending import name_of, to_record


def consent_of(request: MemberRequest, pk: int, consent: int) -> tuple[Person, Consent]:
    """A person of the practice and one of their consents, of a merged half too; or 404."""
    person = person_of(request.practice, pk)
    rows = Consent.objects.select_related("person", "wording").filter(practice=request.practice)
    return person, get_object_or_404(rows, person__in=identity_ids(person), pk=consent)


@requires("consent.hold")
@require_http_methods(["GET", "POST"])
def hold_consent(request: MemberRequest, pk: int, consent: int) -> HttpResponse:
    """They asked us to stop with this permission only; it was said expressly (R17)."""
    person, row = consent_of(request, pk, consent)
    if request.method == "POST":
        actions.place_hold(person=row.person, consent=row, by=request.by, at=timezone.now())
        return to_record(request, person, "This permission is on hold. The others go on.")
    shown = {"person": person, "name": name_of(request, person), "consent": row}
    return render(request, "records/hold_consent.html", shown)


@requires("consent.hold")
@require_http_methods(["GET", "POST"])
def lift_consent_hold(request: MemberRequest, pk: int, consent: int) -> HttpResponse:
    """Lift the hold of one permission, after asking once more."""
    person, row = consent_of(request, pk, consent)
    standing = standing_hold(row.person, row)
    if standing is None:
        return to_record(request, person, "There is no hold of this permission.")
    if request.method == "POST":
        actions.lift_hold(hold=standing, by=request.by, at=timezone.now())
        return to_record(request, person, "The hold of this permission is lifted.")
    shown = {"person": person, "name": name_of(request, person), "hold": standing, "consent": row}
    return render(request, "records/lift_hold.html", shown)


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def notarize(request: MemberRequest, pk: int, consent: int) -> HttpResponse:
    """Record that a notary witnessed the signature, or a later statement about it (R79)."""
    person, row = consent_of(request, pk, consent)
    at = timezone.now()
    form = NotaryForm(request.POST or None, today=today_at(request.practice, at))
    if form.is_valid():
        actions.record_notarization(consent=row, **form.cleaned_data, by=request.by, at=at)
        return to_record(request, person, "The notary's statement is recorded.")
    shown = {"person": person, "name": name_of(request, person), "form": form, "consent": row}
    return render(request, "records/notarize.html", shown)
