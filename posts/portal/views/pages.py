"""The person's own page: come in with the link, say the birth date, see, stop sharing."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import open_to_public
from consent.evidence.views import pdf_response
from consent.files.store import FileAltered, FileMissing
from consent.records.actions import NothingToRevoke, revoke_all, use_holder_link
from consent.records.actions import revoke as take_back_one
from consent.records.models import Consent

from .. import actions, queries
from ..forms import BirthDateForm
from ..rules import tries_left
from ..texts import text
from .visits import PATH, Visit, closed, for_visitors, forget, language_of, remember

OWN_PAGE = "own_page"
PAPERS = "consents"


@open_to_public
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address. A mail scanner that opens the link changes nothing; it stays good.

    A browser that comes from another site (webmail) does not send a SameSite=Strict cookie along with a redirect,
    so it is sent on by a page of ours instead.
    """
    opened = queries.link_of_token(token, timezone.now())
    if opened.link is None:
        response = closed(request, opened)
    else:
        elsewhere = request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        shown = {"lang": language_of(request, opened.link)}
        response = render(request, "portal/enter.html", shown) if elsewhere else redirect("portal:page")
        if elsewhere:
            response.headers["Refresh"] = f"0; url={reverse('portal:page')}"
        remember(response, opened.link, known=False)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@for_visitors
@require_safe
def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What I allowed and where I appear; before the birth date, only how to stop and how much there is."""
    return _page(request, visit, BirthDateForm(language=visit.language))


@for_visitors
@require_POST
def confirm_birth_date(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Compare the birth date. What was typed stays in the form; the fifth wrong one closes it."""
    form = BirthDateForm(request.POST, language=visit.language)
    if not form.is_valid():
        return _page(request, visit, form)
    try:
        right = actions.confirm_birth_date(
            link=visit.link, born=form.cleaned_data["born"], by=visit.by, at=timezone.now()
        )
    except actions.NoTriesLeft:
        return redirect("portal:page")
    if right:
        response = redirect("portal:page")
        remember(response, visit.link, known=True)
        return response
    visit.link.refresh_from_db(fields=["tries"])
    form.add_error(None, text(visit.language, "birth.wrong"))
    return _page(request, visit, form)


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, visit: Visit, kind: str = "", key: str = "") -> HttpResponse:
    """First tap: what will happen. Second tap: it happens. Everything works from the link alone; a part needs more."""
    at = timezone.now()
    found = queries.own_page(visit.person, visit.language, at)
    choice = found.choice(kind, key) if visit.known else None
    if kind and not visit.known:
        return redirect("portal:page")
    if not found.can_withdraw or (kind and choice is None):
        return redirect("portal:revoked")
    if request.method != "POST":
        return render(
            request, "portal/revoke.html", shown(request, visit) | {"found": found, "choice": choice}
        )
    with suppress(NothingToRevoke):  # a second tap of the same finger: the page says what the first one did
        _take_back(visit, choice, at)
        use_holder_link(link=visit.link, known=visit.known, by=visit.by, at=at)
    return redirect("portal:revoked")


def _take_back(visit: Visit, choice: queries.Choice | None, at: datetime) -> None:
    """Everything, one paper by itself, or one place, thing or picture of all of them."""
    if choice is not None and choice.kind == PAPERS:
        take_back_one(consent=Consent.objects.get(pk=int(choice.key)), how=OWN_PAGE, by=visit.by, at=at)
        return
    part = {choice.kind: [choice.key]} if choice else None
    revoke_all(person=visit.person, part=part, how=OWN_PAGE, by=visit.by, at=at)


@for_visitors
@require_safe
def revoked(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What stopped, what is being taken down and by when, what is gone, and what nobody can call back."""
    found = queries.own_page(visit.person, visit.language, timezone.now())
    withdrawn = queries.withdrawals(visit.person, visit.language)
    withdrawal = next(iter(withdrawn), None)
    removed = found.removed_since(withdrawal.received_at) if withdrawal else []
    context = {
        "found": found,
        "withdrawal": withdrawal,
        "removed": removed,
        "earlier": queries.what_followed(found, withdrawn),
        "last_due": max((place.due_at for place in found.leaving if place.due_at), default=None),
        "last_removed": max((place.removed_at for place in removed if place.removed_at), default=None),
    }
    return render(request, "portal/revoked.html", shown(request, visit) | context)


@for_visitors
@require_safe
def copy(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    """The signed form as a PDF, without a login, for as long as the record is kept (R72)."""
    consent = queries.signed_copy(visit.person, pk) if visit.known else None
    if consent is None or consent.signature is None:
        raise Http404("There is no signed copy here.")
    document = consent.signature.signed_document.document
    try:
        data = actions.take_copy(consent=consent, by=visit.by, at=timezone.now())
    except (FileMissing, FileAltered):  # never a form that is not exactly the one that was signed
        return render(request, "portal/no_copy.html", shown(request, visit), status=503)
    if document.media_type == "application/pdf":
        return pdf_response(data, f"my-permission-{consent.pk}.pdf")
    return HttpResponse(data, content_type=f"{document.media_type}; charset=utf-8")


@for_visitors
@require_POST
def leave(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """End the visit on a shared phone or computer. The link stays good."""
    response = render(request, "portal/left.html", {"lang": visit.language, "here": PATH})
    forget(response)
    return response


def _page(request: HttpRequest, visit: Visit, form: BirthDateForm) -> HttpResponse:
    found = queries.own_page(visit.person, visit.language, timezone.now())
    template = "portal/page.html" if visit.known else "portal/unknown.html"
    withdrawn = queries.withdrawals(visit.person, visit.language)
    more: dict[str, Any] = {"found": found, "form": form, "has_withdrawn": bool(withdrawn)}
    if visit.known:
        more["withdrawals"] = withdrawn
        more["questions"] = queries.questions_of(visit.link)
    return render(request, template, shown(request, visit) | more)


def shown(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """What every page of a visit needs; `here` is where a change of the language leads back to."""
    return {
        "practice": visit.link.practice,
        "lang": visit.language,
        "here": PATH if request.method == "POST" else request.path,
        "known": visit.known,
        "may_know": visit.may_know,
        "for_another": visit.for_another,
        "has_birth_date": visit.person.date_of_birth is not None,
        "tries_left": tries_left(visit.link.tries),
    }
