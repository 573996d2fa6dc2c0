"""Asking again: whose permission ends, one by one or several at once, and the new adult."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.people.queries import identity_ids, person_of, shown_name
from consent.records.actions import NotToBeAsked, request_renewal, request_renewals
from consent.records.models import Consent, RenewalRequest
from consent.records.queries import grown_ups
from consent.signing.actions import SendRefused, send_renewal
from posts.publishing.queries.places import places_of

from ..queries.renewing import HORIZONS, Renewal, renewals


@requires("consent.prepare")
@require_safe
def ask_again(request: MemberRequest) -> HttpResponse:
    """Everybody whose last permission ends within 30, 60 and 90 days; each can be asked, and several at once."""
    found = renewals(request.practice, timezone.now())
    groups = [(days, [one for one in found if one.within == days]) for days in HORIZONS]
    return render(request, "reports/renewals.html", {"groups": groups, "found": found, "most": max(HORIZONS)})


@requires("consent.prepare")
@require_safe
def preview_renewals(request: MemberRequest) -> HttpResponse:
    """Who would be asked and how, and who cannot be and why; nothing happens yet."""
    chosen = _chosen(request, request.GET.getlist("consent"))
    shown = {
        "asked": [one for one in chosen if not one.why_not],
        "linked": [one for one in chosen if not one.why_not and not one.by_link.why_not],
        "counter": [one for one in chosen if not one.why_not and one.by_link.why_not],
        "left_out": [one for one in chosen if one.why_not],
    }
    return render(request, "reports/preview_renewals.html", shown)


@requires("consent.prepare")
@require_POST
def request_several(request: MemberRequest) -> HttpResponse:
    """Ask all who may be asked: by link whoever has a verified address, the others at the counter, which is told."""
    chosen = [one.consent for one in _chosen(request, request.POST.getlist("consent"))]
    at = timezone.now()
    made = request_renewals(consents=chosen, by=request.by, at=at)
    sent = [one for one in made if not _why_not_sent(request, one, at)]
    said = f"Asked again: {len(made)}. By link: {len(sent)}."
    if len(sent) < len(made):
        said += f" At the counter: {len(made) - len(sent)}. Home shows whose form is to be prepared."
    messages.success(request, said)
    return redirect("reports:renewals", request.practice.slug)


@requires("consent.prepare")
@require_POST
def request_one(request: MemberRequest, pk: int, consent: int) -> HttpResponse:
    """Ask one person again: by link if so chosen, otherwise on to the form with the old terms carried over."""
    person = person_of(request.practice, pk)
    row = get_object_or_404(Consent, practice=request.practice, person__in=identity_ids(person), pk=consent)
    theirs, at = request.POST.get("they_asked") == "yes", timezone.now()
    try:
        made = request_renewal(consent=row, they_asked=theirs, by=request.by, at=at)
    except NotToBeAsked as refused:
        messages.error(request, str(refused))
        return redirect("records:person", request.practice.slug, person.pk)
    if request.POST.get("how") == "link":
        if why_not := _why_not_sent(request, made, at):
            messages.error(request, f"No link was sent. {why_not} Ask at the counter.")
        else:
            messages.success(
                request, "The form is on its way by link. We remind them after two and five days."
            )
            return redirect("records:person", request.practice.slug, person.pk)
    form = reverse("signing:prepare", args=[request.practice.slug, person.pk])
    return redirect(f"{form}?renew={row.pk}")


def _why_not_sent(request: MemberRequest, made: RenewalRequest, at: datetime) -> str:
    """Send the form by link; "" if it went, otherwise why it did not."""
    try:
        send_renewal(request=made, by=request.by, at=at)
    except SendRefused as refusal:
        return str(refusal)
    return ""


@requires("consent.prepare")
@require_safe
def new_adult(request: MemberRequest, pk: int) -> HttpResponse:
    """A panel of the person's page: they decide for themselves soon, or now, and what rests on a parent's signature."""
    person = person_of(request.practice, pk)
    turning = grown_ups([person], timezone.now()).get(person.pk)
    places = places_of([person.pk]) if turning else []
    shown = {
        "person": person,
        "name": shown_name(person, identify=request.can("person.identify")),
        "turning": turning,
        "out": sum(place.is_out for place in places),
        "coming": sum(place.status == "coming" for place in places),
        "last": max(turning.consents) if turning else None,
    }
    return render(request, "reports/includes/new_adult.html", shown)


def _chosen(request: MemberRequest, numbers: list[str]) -> list[Renewal]:
    wanted = set(numbers)
    return [one for one in renewals(request.practice, timezone.now()) if str(one.consent.pk) in wanted]
