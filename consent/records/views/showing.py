"""The list of people with their standing, and one person's record."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.searches import is_sent, searched_for, to_results
from consent.people.actions import note_viewing
from consent.people.forms import LANGUAGES
from consent.people.models import Merge, Person
from consent.people.queries import (
    connections_of,
    merges_of,
    people_found,
    person_of,
    representations_of,
    shown_name,
    signer_rule,
)

from ..forms import HAPPENED
from ..models import Consent
from ..queries import (
    ConsentView,
    consents_of,
    disagreements_of,
    events_of,
    holds_by_consent,
    legal_holds_of,
    notarizations_of,
    open_reasks,
    quiet_times_of,
    request_to_stop,
    standings,
    to_ask,
)
from ..rules import Allowed, allows_anything, matrix, sentences, taken_back

FOUND_AT_MOST = 30
UNCHECKED = "SIGNATURE_EVIDENCE_INCOMPLETE"
NOT_COMPARED = "Nobody else has compared it with the paper yet."


@requires("person.find")
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: MemberRequest) -> HttpResponse:
    """Find somebody by the beginning of any word of the name, an external id or the birth date."""
    if is_sent(request):
        return to_results(request)
    text, identify = searched_for(request), request.can("person.identify")
    found = people_found(request.practice, text, FOUND_AT_MOST, identify=identify)
    badges = standings(found, timezone.now())
    rows = [(person, shown_name(person, identify=identify), badges[person.pk]) for person in found]
    template = "records/_found.html" if request.headers.get("HX-Request") else "records/people.html"
    full = len(found) == FOUND_AT_MOST
    return render(request, template, {"rows": rows, "text": text, "full": full})


@requires("person.view")
@require_safe
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """One person's record. Opening it is noted in the ledger (R54)."""
    at, identify = timezone.now(), request.can("person.identify")
    one = person_of(request.practice, pk)
    note_viewing(person=one, page="record", by=request.by, at=at)
    shown = {
        "person": one,
        "name": shown_name(one, identify=identify),
        "standing": standings([one], at)[one.pk],
        "hold": request_to_stop(one),
        "legal_holds": legal_holds_of(one) if request.can("legal_hold.view") else (),
        "reasks": open_reasks(request.practice, one),
        "signer": signer_rule(one, at, identify=identify),
        "language": dict(LANGUAGES).get(one.language, one.language),
    }
    if request.can("consent.prepare"):
        asking = to_ask([one], at)[one.pk].asking
        shown |= {"refusal": asking.said_no_on, "waiting_since": asking.waiting_since}
        shown |= {"quiet_times": quiet_times_of(one)}
    shown |= _disagreements(one) | _permissions(one, at, identify=identify) | _representatives(request, one)
    return render(request, "records/person.html", shown)


def _disagreements(one: Person) -> dict[str, Any]:
    """Where two who may sign disagree, and where they did."""
    open_still: list[dict[str, Any]] = []
    settled: list[dict[str, Any]] = []
    for row in disagreements_of(one):
        told = {"row": row, "who": shown_name(row.objector.representative, identify=True)}
        (settled if row.settled_at else open_still).append(told)
    return {"disagreements": open_still, "settled": settled}


def _merged(row: Merge, one: Person) -> dict[str, Any]:
    """A merge as seen from one of its records."""
    other = row.into if row.person_id == one.pk else row.person
    return {
        "row": row,
        "other": other,
        "name": shown_name(other, identify=True),
        "is_main": row.into == other,
    }


def _permissions(one: Person, at: datetime, *, identify: bool) -> dict[str, Any]:
    """The consents in words, and the table of what they still allow; an 18th birthday only to who may know it (R54)."""
    views = consents_of(one, at)
    holds, notarized = holds_by_consent(one), notarizations_of(one)
    allowed = [
        Allowed(
            view.covers, _end(view) if identify or not view.standing.is_birthday else None, view.terms.zone
        )
        for view in views
    ]
    told = [
        {
            "consent": view.consent,
            "standing": view.standing,
            "why": _why(view),
            "last_day": given.last_day,
            "event": dict(Consent.EndsEvent.choices).get(view.consent.ends_event, ""),
            "taken_back": taken_back(view.terms, at),
            "living": allows_anything(view.consent.kind, view.covers),
            "hold": holds.get(view.consent.pk),
            "notarized": [row for row in notarized if row.consent_id == view.consent.pk],
            "unchecked": view.consent.found and not view.terms.evidence_complete,
            "has_document": view.has_document,
            "uncopied": view.consent.found and view.terms.copy_given_at is None,
        }
        for view, given in zip(views, allowed, strict=True)
    ]
    return {"consents": told, "matrix": matrix(allowed), "living": any(row["living"] for row in told)}


def _why(view: ConsentView) -> list[str]:
    """Why it does not hold; what is missing of a paper that nobody has compared yet is the comparing."""
    codes = view.standing.codes
    if not view.consent.found:
        return sentences(codes)
    told = sentences(tuple(code for code in codes if code != UNCHECKED))
    return [NOT_COMPARED, *told] if UNCHECKED in codes else told


def _end(view: ConsentView) -> datetime | None:
    """When the consent ends by date: as computed while it holds, as frozen once it does not."""
    return view.standing.at if view.standing.key in ("on_file", "soon") else view.consent.ends_at


def _representatives(request: MemberRequest, one: Person) -> dict[str, Any]:
    """Who may or might sign, ties and what has happened; only for those who may know names."""
    if not request.can("person.identify"):
        return {}
    events = [
        {"words": HAPPENED[Consent.EndsEvent(row.kind)], "at": row.occurred_at} for row in events_of(one)
    ]
    rows = representations_of(one, exclusions=request.can("person.exclusions"))
    return {
        "representatives": [
            {"row": row, "who": shown_name(row.representative, identify=True)} for row in rows
        ],
        "connections": list(connections_of(one)),
        "events": events,
        "merges": [_merged(row, one) for row in merges_of(one)],
    }
