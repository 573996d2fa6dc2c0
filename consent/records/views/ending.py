"""What ends or suspends a permission, at the desk: withdraw, hold, lift, invalidate, note what happened."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires
from consent.access.queries import day_begins, today_at
from consent.people.models import Person
from consent.people.queries import identity_ids, person_of, representations_of, shown_name

from .. import actions
from ..actions import NothingToRevoke
from ..forms import HAPPENED, EndingEventForm, InvalidateForm, RevokeForm
from ..models import Consent
from ..queries import consents_of, request_to_stop
from ..rules import left_to_withdraw


def to_record(request: MemberRequest, person: Person, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("records:person", request.practice.slug, person.pk)


def name_of(request: MemberRequest, person: Person) -> str:
    return shown_name(person, identify=request.can("person.identify"))


@requires("consent.revoke")
@require_http_methods(["GET", "POST"])
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Withdraw in writing at the desk, wholly or in part (45 CFR 164.508(b)(5); R17)."""
    person, at = person_of(request.practice, pk), timezone.now()
    covered = [left_to_withdraw(view.terms, at) for view in consents_of(person, at)]
    name = name_of(request, person)
    form = RevokeForm(request.POST or None, covered=covered, askers=_askers(request, person), name=name)
    if form.is_valid():
        how = form.cleaned_data["how"]
        try:
            actions.revoke_all(
                person=person, part=form.part(), how=how, asked_by=form.asker(), by=request.by, at=at
            )
        except NothingToRevoke as nothing:
            form.add_error(None, str(nothing))
        else:
            return to_record(
                request, person, "Withdrawn. Nothing new starts from now; what is out is being removed."
            )
    return render(request, "records/revoke.html", {"person": person, "name": name, "form": form})


def _askers(request: MemberRequest, person: Person) -> list[tuple[int, str]]:
    """Whoever may ask in the person's name. A paper that nobody has seen yet keeps nobody from stopping something."""
    identify = request.can("person.identify")
    return [
        (
            row.pk,
            f"{shown_name(row.representative, identify=identify)}, {row.get_authority_display().lower()}",
        )
        for row in representations_of(person, exclusions=False).filter(ended_at=None)
    ]


@requires("consent.hold")
@require_POST
def hold(request: MemberRequest, pk: int) -> HttpResponse:
    """They asked us to stop: everything is suspended at once, and then put in writing."""
    person = person_of(request.practice, pk)
    actions.place_hold(person=person, by=request.by, at=timezone.now())
    return to_record(request, person, "On hold. Nothing new goes out. Help them put it in writing.")


@requires("consent.hold")
@require_http_methods(["GET", "POST"])
def lift_hold(request: MemberRequest, pk: int) -> HttpResponse:
    """Lift a hold, after asking once more."""
    person = person_of(request.practice, pk)
    standing = request_to_stop(person)
    if standing is None:
        return to_record(request, person, "There is no hold.")
    if request.method == "POST":
        actions.lift_hold(hold=standing, by=request.by, at=timezone.now())
        return to_record(request, person, "The hold is lifted.")
    shown = {"person": person, "name": name_of(request, person), "hold": standing}
    return render(request, "records/lift_hold.html", shown)


@requires("consent.invalidate")
@require_http_methods(["GET", "POST"])
def invalidate(request: MemberRequest, pk: int, consent: int) -> HttpResponse:
    """Say that a record is wrong; that is not a withdrawal (R13)."""
    person = person_of(request.practice, pk)
    row = get_object_or_404(Consent, practice=request.practice, person__in=identity_ids(person), pk=consent)
    form = InvalidateForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.invalidate(consent=row, reason=reason, by=request.by, at=timezone.now())
        return to_record(request, person, "The record is marked as invalid. Nothing rests on it any more.")
    shown = {"person": person, "name": name_of(request, person), "form": form, "consent": row}
    return render(request, "records/invalidate.html", shown)


@requires("consent.revoke")
@require_http_methods(["GET", "POST"])
def ending_event(request: MemberRequest, pk: int) -> HttpResponse:
    """Record that something happened on which permissions end (R6)."""
    person, at = person_of(request.practice, pk), timezone.now()
    form = EndingEventForm(request.POST or None, today=today_at(request.practice, at))
    if form.is_valid():
        said = form.cleaned_data
        began = day_begins(request.practice, said["day"])
        actions.record_ending_event(person=person, kind=said["kind"], occurred_at=began, by=request.by, at=at)
        return to_record(request, person, "Recorded. Permissions that end on this have ended.")
    ends = [
        view
        for view in consents_of(person, at)
        if view.consent.ends_event in HAPPENED and view.standing.key in ("on_file", "soon", "hold")
    ]
    shown = {"person": person, "name": name_of(request, person), "form": form, "ends": ends}
    return render(request, "records/ending_event.html", shown)
