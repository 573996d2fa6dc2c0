"""Who may sign for somebody: record, verify, end, exclude."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.access.queries import today_at
from consent.access.searches import searched_for, to_results

from .. import actions
from ..forms import SOMEBODY_NEW, EvidenceForm, RepresentationForm, kept
from ..models import Person, Representation
from ..queries import current_name, people_found, person_of, representations_of, shown_name
from ..rules import MAJORITY, age_on, said
from .keeping import page, to_record

FOUND_AT_MOST = 8


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def add_representation(request: MemberRequest, pk: int) -> HttpResponse:
    """Record who may sign for a person: one found here, or somebody new."""
    person = person_of(request.practice, pk)
    now = current_name(person)
    if "search" in request.POST:
        return to_results(request)
    text = searched_for(request) or (now.family if now else "")
    found = _others(request, person, text)
    form = RepresentationForm(request.POST or None, found=[(one.pk, _told(one)) for one in found])
    if form.is_valid() and kept(form, lambda: _represent(request, person, found, form)) is not None:
        return to_record(request, person, "It is recorded who may sign.")
    return page(request, "people/add_representation.html", person, form, text=text)


def _others(request: MemberRequest, person: Person, text: str) -> list[Person]:
    if not text.strip():
        return []
    found = people_found(request.practice, text, FOUND_AT_MOST, identify=request.can("person.identify"))
    return [one for one in found if one.pk != person.pk and _is_grown(one, request)]


def _is_grown(person: Person, request: MemberRequest) -> bool:
    today = today_at(request.practice, timezone.now())
    return person.date_of_birth is None or age_on(person.date_of_birth, today) >= MAJORITY


def _told(person: Person) -> str:
    born = f", born {said(person.date_of_birth)}" if person.date_of_birth else ""
    return f"{shown_name(person, identify=True)}{born}"


def _represent(
    request: MemberRequest, person: Person, found: list[Person], form: RepresentationForm
) -> Representation:
    told, at = form.cleaned_data, timezone.now()
    authority = {name: told[name] for name in ("authority", "description", "evidence_seen")}
    if told["who"] == SOMEBODY_NEW:
        return actions.add_new_representative(
            person=person, given=told["given"], family=told["family"], **authority, by=request.by, at=at
        )
    chosen = next(one for one in found if str(one.pk) == told["who"])
    return actions.add_representation(person=person, representative=chosen, **authority, by=request.by, at=at)


def _of(request: MemberRequest, pk: int, representation: int) -> Representation:
    """One recorded authority for a person of this practice."""
    person = person_of(request.practice, pk)
    rows = representations_of(person, exclusions=request.can("person.exclusions"))
    return get_object_or_404(rows, pk=representation)


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def verify_representation(request: MemberRequest, pk: int, representation: int) -> HttpResponse:
    """Note the paper that proves the right to sign; whoever sends it vouches for having seen it."""
    row = _of(request, pk, representation)
    form = EvidenceForm(request.POST or None, initial={"evidence_seen": row.evidence_seen})
    if form.is_valid():
        at = timezone.now()
        if kept(form, lambda: actions.verify_representation(
            representation=row, **form.cleaned_data, by=request.by, at=at
        )):  # fmt: skip
            return to_record(request, row.person, "The right to sign is verified.")
    return page(
        request, "people/verify_representation.html", row.person, form, row=row, who=_who(request, row)
    )


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def end_representation(request: MemberRequest, pk: int, representation: int) -> HttpResponse:
    """End somebody's right to sign, after asking once more."""
    row = _of(request, pk, representation)
    if request.method == "POST":
        actions.end_representation(representation=row, by=request.by, at=timezone.now())
        return to_record(request, row.person, "The right to sign has ended.")
    return _ask(request, "people/end_representation.html", row)


@requires("person.exclude")
@require_http_methods(["GET", "POST"])
def exclude_representation(request: MemberRequest, pk: int, representation: int) -> HttpResponse:
    """Treat somebody no longer as a representative; only the privacy role learns of it (R29)."""
    row = _of(request, pk, representation)
    if request.method == "POST":
        actions.exclude_representation(representation=row, by=request.by, at=timezone.now())
        return to_record(request, row.person, "They are no longer treated as a representative.")
    return _ask(request, "people/exclude_representation.html", row)


def _ask(request: MemberRequest, template: str, row: Representation) -> HttpResponse:
    name = shown_name(row.person, identify=request.can("person.identify"))
    return render(
        request, template, {"row": row, "person": row.person, "name": name, "who": _who(request, row)}
    )


def _who(request: MemberRequest, row: Representation) -> str:
    return shown_name(row.representative, identify=request.can("person.identify"))
