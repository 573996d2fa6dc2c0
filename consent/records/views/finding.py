"""Forms that exist on paper: key one in, let another compare it, record the copy (R12, R74)."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.access.queries import NoFacts, day_begins, today_at
from consent.people.forms import LANGUAGES, kept
from consent.people.models import Person, Representation
from consent.people.queries import person_of, representations_of, shown_name
from consent.people.rules import said
from consent.wording.rules import ANCHORS, ELEMENTS, FORMATS, PLATFORMS, PURPOSES, missing_anchors

from .. import actions
from ..actions import CheckedByTheSame, NewSigner, Paper
from ..forms import CopyForm, PaperForm
from ..forms.paper import DEFECT_WORDS, ENDS, SELF, SOMEBODY_NEW
from ..models import Consent
from ..queries import scan_of
from .ending import name_of, to_record
from .noting import consent_of


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def record_paper(request: MemberRequest, pk: int) -> HttpResponse:
    """Key in a form that was signed on paper, as it is."""
    person, at = person_of(request.practice, pk), timezone.now()
    rights = list(representations_of(person, exclusions=request.can("person.exclusions")))
    name = name_of(request, person)
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        practice=request.practice,
        signers=[(SELF, name), *((f"right-{one.pk}", _told(one)) for one in rights)],
        language=person.language,
        today=today_at(request.practice, at),
    )
    if form.is_valid():
        paper = _paper(request, person, form, rights)
        try:
            done = kept(form, lambda: actions.record_paper(paper=paper, by=request.by, at=at))
        except NoFacts as nothing:
            form.add_error("location", str(nothing))
        else:
            if done is not None:
                told = "Recorded as it is. It counts once a colleague has compared it with the paper."
                return to_record(request, person, told)
    shown = {"person": person, "name": name, "form": form}
    return render(request, "records/record_paper.html", shown, status=422 if form.errors else 200)


def _told(right: Representation) -> str:
    who = shown_name(right.representative, identify=True)
    return f"{who}, {right.get_authority_display().lower()}"


def _paper(request: MemberRequest, person: Person, form: PaperForm, rights: list[Representation]) -> Paper:
    """What was keyed in, as the action wants it."""
    given = form.cleaned_data
    signer: Representation | NewSigner | None = None
    if given["signer"] == SOMEBODY_NEW:
        signer = NewSigner(**{name: given[name] for name in ("given", "family", "authority", "description")})
    elif given["signer"] != SELF:
        signer = next(one for one in rights if f"right-{one.pk}" == given["signer"])
    return Paper(
        person=person,
        kind=given["kind"],
        title=given["title"],
        language=given["language"],
        signer=signer,
        location=given["location"],
        signed_at=day_begins(request.practice, given["signed_on"]),
        scan=given["scan"],
        form=form.told(),
    )


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def check(request: MemberRequest, pk: int) -> HttpResponse:
    """Compare what a colleague keyed in with the paper, and vouch for it."""
    rows = Consent.objects.select_related(
        "person", "signature", "signer", "wording__template", "representation", "location"
    )
    consent = get_object_or_404(rows, practice=request.practice, pk=pk, found=True)
    if request.method == "POST":
        try:
            actions.check_found_consent(consent=consent, by=request.by, at=timezone.now())
        except CheckedByTheSame as refusal:
            messages.error(request, str(refusal))
            return redirect("records:check_found_consent", request.practice.slug, pk)
        return to_record(request, consent.person, "Compared. From now on it is judged like any other form.")
    shown = {
        "consent": consent,
        "name": name_of(request, consent.person),
        "scan": scan_of(consent),
        "lines": _lines(consent),
        "own": consent.recorded_by == str(request.by),
    }
    return render(request, "records/check_found_consent.html", shown)


def _lines(consent: Consent) -> list[tuple[str, str]]:
    """What was keyed in, in words, to be held beside the paper."""
    scope, yes = consent.scope, {True: "yes", False: "no"}
    lists = (
        ("What may be shown or said", ELEMENTS, scope["elements"]),
        ("Where", PLATFORMS, scope["platforms"]),
        ("In which form", FORMATS, scope["formats"]),
        ("What for", PURPOSES, scope["purposes"]),
        ("It says", {key: one.words for key, one in ANCHORS.items()}, consent.statements),
        ("Wrong with it", DEFECT_WORDS, consent.defects),
    )
    signed_for = {"representative_authority"} if consent.representation is None else set()
    held = {*consent.statements, *signed_for}  # whoever signs for themselves needs no right explained
    missing = [one.words for one in missing_anchors(held, consent.wording.template.kind)]
    return [
        ("Kind", consent.get_kind_display()),
        ("Called", consent.wording.title),
        *_signing(consent),
        *(
            (label, ", ".join(words.get(key, key) for key in keys) or "nothing")
            for label, words, keys in lists
        ),
        ("It does not say", ", ".join(missing) or "nothing is missing"),
        ("Paid ads", yes[scope["paid"]]),
        ("Several posts", yes[scope["series"]]),
        ("Any picture", yes[bool(scope["assets"])]),
        ("Any post", yes[bool(scope["posts"])]),
        ("Smallest type", f"{consent.print_points} points" if consent.print_points else "not measured"),
        ("A form of its own", yes[consent.stands_alone]),
        ("More than a year on request", yes[consent.longer_on_request]),
    ]


def _signing(consent: Consent) -> list[tuple[str, str]]:
    """Who signed when, by what right, until when."""
    signature, right = consent.signature, consent.representation
    assert signature is not None
    signer = shown_name(signature.signer, identify=True)
    day = consent.signed_at.astimezone(ZoneInfo(consent.zone)).date()
    reads = defaultdict(lambda: "another language", LANGUAGES)
    rows = [
        ("Signed by", signer),
        (
            "Right to sign",
            f"{right.get_authority_display()}: {right.description or 'not described'}" if right else "",
        ),
        ("Signed on", said(day)),
        ("Language", f"{reads[signature.language]}; the signer reads {reads[signature.signer_language]}"),
        ("Interpreter", signature.interpreter),
        ("Able to decide", "yes" if signature.capacity_attested_by_id else "nobody says so"),
        ("Ends on", said(consent.ends_on) if consent.ends_on else "no day"),
        ("Ends on an event", dict(ENDS).get(consent.ends_event, consent.ends_event)),
    ]
    return [(label, words) for label, words in rows if words]


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def record_copy(request: MemberRequest, pk: int, consent: int) -> HttpResponse:
    """Record on which day the signer of a paper form was given a copy (45 CFR 164.508(c)(4); R12)."""
    person, row = consent_of(request, pk, consent)
    row = get_object_or_404(Consent.objects.filter(found=True, signature__isnull=False), pk=row.pk)
    at = timezone.now()
    form = CopyForm(request.POST or None, today=today_at(request.practice, at))
    if form.is_valid():
        day = day_begins(request.practice, form.cleaned_data["given_on"])
        actions.record_found_copy(
            consent=row, given_at=min(day + timedelta(hours=12), at), by=request.by, at=at
        )
        return to_record(request, person, "The copy is recorded.")
    shown: dict[str, Any] = {"person": person, "name": name_of(request, person), "form": form, "consent": row}
    return render(request, "records/record_found_copy.html", shown)
