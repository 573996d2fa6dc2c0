"""A member reads the policy to its end, ticks that, and signs it: for themselves alone, signed in with their factor."""

import platform

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.access.doors import MemberRequest, requires
from consent.evidence.actions import open_document
from consent.evidence.views import pdf_response
from consent.files.store import FileAltered, FileMissing
from consent.workforce.models import AttestedDocument, Policy, PolicyAttestation
from consent.workforce.queries import attestation_of, policy_in_force
from consent.workforce.texts import PolicyText, facts_of, policy_text, translations_of

from .. import actions
from ..actions.signing import Device, Mark
from ..rules import Words, checked_name, read_drawing
from ..rules.words import Said

UNREAD = "Mark that you have read it to the end."


@requires("policy.sign")
@require_http_methods(["GET", "POST"])
def policy(request: MemberRequest) -> HttpResponse:
    """Read the policy in force, and sign it, for oneself alone."""
    present = policy_in_force(request.practice, timezone.now())
    if present is None:
        return render(request, "signing/policy.html", {"policy": None})
    read = _read(request, present)
    if request.method != "POST":
        return _page(request, present, read)
    if request.POST.get("policy") != str(present.pk):
        messages.error(request, "The policy has changed in the meantime. Read this version, and sign it.")
        return redirect("signing:policy", request.practice.slug)
    if request.POST.get("read") != "yes":
        return _page(request, present, read, UNREAD)
    try:
        _signed(request, present, read)
    except Said as error:
        return _page(request, present, read, error.in_language("en"))
    messages.success(request, f"You signed version {present.version} of the policy.")
    return redirect("reports:home", request.practice.slug)


@requires("policy.sign")
@require_safe
def signed_policy(request: MemberRequest, pk: int) -> HttpResponse:
    """The sealed document of a signed policy: for whoever signed it, and for those who look after the team."""
    row = attestation_of(request.practice, pk)
    found = AttestedDocument.objects.select_related("document__practice").filter(attestation=row).first()
    mine = row.user_id == request.user.pk
    if found is None or not (mine or request.can("workforce.view")):
        raise Http404
    try:
        data = open_document(document=found.document, by=request.by, at=timezone.now())
    except (FileMissing, FileAltered) as error:
        return render(request, "signing/no_document.html", {"sentence": str(error)}, status=503)
    return pdf_response(data, f"policy-{row.policy.version}.pdf")


def _read(request: MemberRequest, present: Policy) -> PolicyText:
    """The policy in the language that was chosen, if it may be read in it."""
    chosen = request.POST.get("language") or request.GET.get("language")
    offered = translations_of(present, timezone.now())
    wording = next((one for one in offered if one.language == chosen), None)
    return policy_text(present, facts_of(request.practice, request.user.name), wording)


def _signed(request: MemberRequest, present: Policy, read: PolicyText) -> PolicyAttestation:
    device = Device(
        "own", request.META["REMOTE_ADDR"], request.headers.get("User-Agent", "")[:300], platform.node()
    )
    steps = get_authentication_records(request, request.user)
    return actions.sign_policy(
        policy=present,
        user=request.user,
        wording=read.wording,
        shown_sha256=request.POST.get("text", ""),
        mark=_mark(request),
        factor=str(steps[-1].get("type") or steps[-1].get("method")) if steps else "",
        device=device,
        by=request.by,
        at=timezone.now(),
    )


def _mark(request: MemberRequest) -> Mark:
    if request.POST.get("method") == "typed":
        return Mark(typed_name=checked_name(request.POST.get("typed_name", ""), request.user.name))
    return Mark(drawing=read_drawing(request.POST.get("drawing", "")))


def _page(request: MemberRequest, present: Policy, read: PolicyText, refusal: str = "") -> HttpResponse:
    rows = PolicyAttestation.objects.select_related("attested", "policy").filter(user=request.user)
    counts = rows.filter(policy__practice=request.practice).order_by("-attested_at", "-pk")
    mine = counts.filter(policy=present).first()
    page = {
        "policy": present,
        "text": read,
        "signed": mine,
        "earlier": [one for one in counts if one != mine],
        "languages": translations_of(present, timezone.now()),
        "refusal": refusal,
        "sent": request.POST,
        "t": Words("en"),
    }
    return render(request, "signing/policy.html", page, status=422 if refusal else 200)
