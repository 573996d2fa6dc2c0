"""Two records are one human being: find the other, compare them side by side, join them, take them apart again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires
from consent.access.searches import FIELD, searched_for, to_results
from consent.people.actions import NotMergeable, NotMerged, confirm_merge, merge_people, undo_merge
from consent.people.forms import LANGUAGES
from consent.people.models import Person
from consent.people.queries import current_name, identity_ids, merges_of, people_found, person_of, shown_name

from ..queries import standings
from .ending import name_of, to_record

FOUND_AT_MOST = 8
JOINED = (
    "Joined. A hold or a withdrawal of either record binds both now. What one allows counts for the other as soon as a "
    "colleague confirms that they are one person."
)


@requires("person.merge")
@require_http_methods(["GET", "POST"])
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    """Find the record that is the same person, compare both, and join them."""
    person, at = person_of(request.practice, pk), timezone.now()
    if FIELD in request.POST:
        return to_results(request)
    chosen = request.POST.get("other") or request.GET.get("other", "")
    other = person_of(request.practice, int(chosen)) if chosen.isdecimal() and len(chosen) < 16 else None
    if request.method == "POST" and other is not None:
        half, main = _halves(person, other)
        try:
            merge_people(person=half, into=main, by=request.by, at=at)
        except NotMergeable as refusal:
            messages.error(request, str(refusal))
        else:
            return to_record(request, main, JOINED)
    return render(request, "records/merge.html", _compared(request, person, other, at))


def _compared(request: MemberRequest, person: Person, other: Person | None, at: datetime) -> dict[str, Any]:
    """The page: whom the typed text may mean, and the chosen one beside the person."""
    now = current_name(person)
    text = searched_for(request) or (now.family if now else "")
    own = identity_ids(person)
    found = people_found(request.practice, text, FOUND_AT_MOST, identify=True) if text.strip() else []
    return {
        "person": person,
        "name": name_of(request, person),
        "text": text,
        "found": [(one, shown_name(one, identify=True)) for one in found if one.pk not in own],
        "sides": [_side(one, at) for one in (person, other) if one and other],
        "other": other,
    }


def _halves(person: Person, other: Person) -> tuple[Person, Person]:
    """The half and the main record: the other one, unless this one is the main record of a group already."""
    leads = merges_of(person).filter(into=person).exists()
    return (other, person) if leads else (person, other)


def _side(person: Person, at: datetime) -> dict[str, Any]:
    """One record for the comparison."""
    return {
        "person": person,
        "name": shown_name(person, identify=True),
        "names": [str(name) for name in person.names.all()],
        "standing": standings([person], at)[person.pk],
        "language": dict(LANGUAGES).get(person.language, person.language),
        "numbers": [str(one) for one in person.identifiers.all()],
        "contacts": [one.value for one in person.contact_points.all()],
        "relations": [one.get_kind_display().lower() for one in person.relations.all()],
    }


@requires("person.merge")
@require_POST
def confirm(request: MemberRequest, pk: int, merge: int) -> HttpResponse:
    """A second member says that both records are one person."""
    person = person_of(request.practice, pk)
    row = get_object_or_404(merges_of(person), pk=merge)
    try:
        confirm_merge(merge=row, by=request.by, at=timezone.now())
    except (NotMergeable, NotMerged) as refusal:
        messages.error(request, str(refusal))
        return redirect("records:person", request.practice.slug, pk)
    return to_record(request, person, "Confirmed. What one record allows counts for the other now.")


@requires("person.merge")
@require_http_methods(["GET", "POST"])
def undo(request: MemberRequest, pk: int, merge: int) -> HttpResponse:
    """Take two records apart again, after asking once more."""
    person = person_of(request.practice, pk)
    row = get_object_or_404(merges_of(person), pk=merge)
    if request.method == "POST":
        try:
            undo_merge(merge=row, by=request.by, at=timezone.now())
        except NotMerged as refusal:
            messages.error(request, str(refusal))
            return redirect("records:person", request.practice.slug, pk)
        return to_record(request, person, "Two records again. Each keeps what was always its own.")
    shown = {
        "person": person,
        "merge": row,
        "half": shown_name(row.person, identify=True),
        "main": shown_name(row.into, identify=True),
    }
    return render(request, "records/undo_merge.html", shown)
