"""At the desk: choose the form, have a colleague witness, hand the tablet over, open what was signed."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.middleware import TABLET_COOKIE
from consent.access.models import User
from consent.access.queries import today_at
from consent.evidence.actions import NotSealedYet, give_copy, open_document
from consent.evidence.models import Document, SignedDocument
from consent.evidence.queries import signature_evidence
from consent.evidence.views import pdf_response
from consent.files.store import FileAltered, FileMissing
from consent.people.models import Person, Representation
from consent.people.queries import person_of, signer_rule
from consent.wording.models import Wording

from .. import actions
from ..forms import SELF, PrepareForm, WitnessForm, signer_choices
from ..models import Ceremony, Exhibit
from ..offering import LICENCE, wordings_for, works_of
from ..printing import why_unmade
from ..queries import (
    UNANSWERED,
    called,
    ceremony_of,
    check_stands,
    last_privacy_notice,
    open_exhibits,
    witnesses,
)
from ..renewing import carried_over, renewed_consent
from ..requests_out import addresses_of, progress_words, request_of
from ..rules import NotNow

ASKED_FOR = {"staff_release": "a release", "author_licence": "a licence"}


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def prepare(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for a consent: who signs which form, and what is offered."""
    at = timezone.now()
    person = person_of(request.practice, pk)
    rule = signer_rule(person, at, identify=True)
    exhibits = open_exhibits(request.practice, person)
    chosen = next((one for one in exhibits if str(one.pk) == request.GET.get("exhibit")), None)
    kind = LICENCE if chosen and chosen.is_work else request.GET.get("kind", "")
    # Whoever is shown a post may be in it, or have made what it repeats: this room does not know which.
    also = LICENCE if chosen else kind
    forms = wordings_for(person, rule.form, at, also)
    page = {"person": person, "name": called(person), "rule": rule, "wordings": forms, "also": also}
    if not rule.somebody_may_sign or not forms:
        return render(request, "signing/nobody_may_sign.html", page)
    wording = _chosen(forms, request.GET, kind)
    rows = Representation.objects.select_related("representative").in_bulk(
        [r.id for r in rule.representations]
    )
    again = renewed_consent(person, request.GET)
    before = carried_over(again, wording, at) if again else {}
    form = PrepareForm(
        request.POST or None,
        practice=request.practice,
        wording=wording,
        exhibits=exhibits.exclude(post=None),
        works=works_of(person),
        signers=signer_choices(called(person), rule),
        today=today_at(request.practice, at),
        initial={"privacy_notice": last_privacy_notice(request.practice), **_shown(chosen, request.GET)}
        | before,
    )
    if form.is_valid() and (made := _prepared(request, person, wording, form, rows)):
        return redirect("signing:ceremony", practice=request.practice.slug, pk=made.pk)
    return render(
        request,
        "signing/prepare.html",
        page | {"form": form, "wording": wording, "chosen": chosen, "asked_for": asked_for(wording)},
    )


def asked_for(wording: Wording) -> str:
    """What the form asks for, as the page says it."""
    return ASKED_FOR.get(wording.template.kind, "consent")


def _shown(chosen: Exhibit | None, asked: QueryDict) -> dict[str, object]:
    """What the address chose to be shown: a post, or a picture to its author."""
    if chosen is not None and chosen.is_work:
        return {"picture": chosen.pictures[0]["asset"]}
    named = {name: asked.get(name, "") for name in ("picture", "work", "story")}
    return {"exhibit": chosen, **named}


def _chosen(forms: list[Wording], asked: QueryDict, kind: str) -> Wording:
    """The form that the address names, by its number or its kind; otherwise the first."""
    by_number = (one for one in forms if str(one.pk) == asked.get("form"))
    by_kind = (one for one in forms if one.template.kind == kind)
    return next(by_number, None) or next(by_kind, forms[0])


def _prepared(
    request: MemberRequest,
    person: Person,
    wording: Wording,
    form: PrepareForm,
    representations: dict[int, Representation],
) -> Ceremony | None:
    """The ceremony, or None with the refusal on the form."""
    signer = form.cleaned_data["signer"]
    try:
        return actions.prepare(
            person=person,
            wording=wording,
            representation=None if signer == SELF else representations[int(signer)],
            location=form.cleaned_data["location"],
            offer=form.offer(),
            by=request.by,
            at=timezone.now(),
        )
    except actions.PrepareRefused as error:
        form.add_error(None, str(error))
        return None


@requires("consent.prepare")
@require_safe
def ceremony(request: MemberRequest, pk: int) -> HttpResponse:
    """Where a ceremony stands: to be witnessed, to be handed over, or over."""
    return _ceremony_page(request, ceremony_of(request.practice, pk))


@requires("consent.prepare")
@require_POST
def witness(request: MemberRequest, pk: int) -> HttpResponse:
    """A colleague checks the identity and witnesses with their own PIN."""
    found = ceremony_of(request.practice, pk)
    form = WitnessForm(request.POST, witnesses=_colleagues(request, found))
    if not form.is_valid():
        return _ceremony_page(request, found, form)
    try:
        actions.witness(ceremony=found, by=request.by, at=timezone.now(), **form.cleaned_data)
    except (actions.PinRefused, actions.HandOverRefused, NotNow) as error:
        form.add_error("pin" if isinstance(error, actions.PinRefused) else None, str(error))
        return _ceremony_page(request, found, form)
    return redirect("signing:ceremony", practice=request.practice.slug, pk=pk)


@requires("consent.prepare")
@require_POST
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """End this staff session and give the tablet to the signer, for this one ceremony."""
    found = ceremony_of(request.practice, pk)
    try:
        token = actions.hand_over(ceremony=found, by=request.by, at=timezone.now())
    except (actions.HandOverRefused, NotNow) as error:
        messages.error(request, str(error))
        return redirect("signing:ceremony", practice=request.practice.slug, pk=pk)
    list(messages.get_messages(request))  # nothing said to staff is shown on the patient's screen
    logout(request)
    response = redirect("signing:tablet")
    response.set_cookie(
        TABLET_COOKIE, token, httponly=True, samesite="Strict", secure=settings.HTTPS, path="/"
    )
    return response


@requires("consent.prepare")
@require_POST
def recall(request: MemberRequest, pk: int) -> HttpResponse:
    """The tablet shows nothing of it: make it ready to be handed over again."""
    try:
        actions.recall(ceremony=ceremony_of(request.practice, pk), by=request.by, at=timezone.now())
    except (actions.HandOverRefused, NotNow) as error:
        messages.error(request, str(error))
    return redirect("signing:ceremony", practice=request.practice.slug, pk=pk)


@requires("consent.prepare")
@require_POST
def abandon(request: MemberRequest, pk: int) -> HttpResponse:
    """Not today: nothing is asked any more."""
    found = ceremony_of(request.practice, pk)
    try:
        actions.abandon(ceremony=found, by=request.by, at=timezone.now())
    except NotNow as error:
        messages.error(request, str(error))
    return redirect("records:person", practice=request.practice.slug, pk=found.person_id)


@requires("document.view")
@require_safe
def document(request: MemberRequest, pk: int) -> HttpResponse:
    """A stored document, checked against its SHA-256; opening it is written down."""
    found = get_object_or_404(Document, practice=request.practice, pk=pk)
    try:
        data = open_document(document=found, by=request.by, at=timezone.now())
    except (FileMissing, FileAltered) as error:
        return render(request, "signing/no_document.html", {"sentence": str(error)}, status=503)
    return pdf_response(data, f"document-{pk}.pdf")


@requires("consent.prepare")
@require_POST
def print_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Print the document for the signer and record that they got this copy (R12)."""
    found = get_object_or_404(
        SignedDocument.objects.select_related("signature"), practice=request.practice, document=pk
    )
    try:
        give_copy(signature=found.signature, method="print", by=request.by, at=timezone.now())
    except NotSealedYet as error:
        messages.error(request, str(error))
    except (FileMissing, FileAltered) as error:
        return render(request, "signing/no_document.html", {"sentence": str(error)}, status=503)
    return redirect("signing:document", practice=request.practice.slug, pk=pk)


def _colleagues(request: MemberRequest, found: Ceremony) -> list[User]:
    """Who may witness: not the one who asks, nor anybody whom the form is about."""
    return witnesses(request.practice, found.prepared_by, found.person, found.signer)


def _ceremony_page(request: MemberRequest, found: Ceremony, form: WitnessForm | None = None) -> HttpResponse:
    colleagues = _colleagues(request, found)
    evidence = signature_evidence([found.signature_id] if found.signature_id else [])
    page = {
        "ceremony": found,
        "name": called(found.person),
        "signer": called(found.signer),
        "mine": found.prepared_by == request.user,
        "form": form or WitnessForm(witnesses=colleagues),
        "colleagues": colleagues,
        "checked": check_stands(found, timezone.now()),
        "evidence": next(iter(evidence.values()), None),
        "addresses": addresses_of(found.signer),
        "unmade": why_unmade(found),
    }
    page |= _out(found)
    return render(request, "signing/ceremony.html", page, status=422 if form and form.errors else 200)


def _out(found: Ceremony) -> dict[str, object]:
    """What the page says of a form that is with its signer elsewhere: on their phone, or sent to them."""
    at = timezone.now()
    waits = found.state in UNANSWERED
    sent = waits and found.route == Ceremony.Route.LINK and found.sent_at is not None
    on_phone = waits and found.route == Ceremony.Route.PHONE
    return {
        "is_out": sent or on_phone,
        "out": request_of(found, at) if sent else None,
        "progress": progress_words(found, at),
        "waiting": waits,
    }
