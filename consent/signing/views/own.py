"""On the signer's own phone or computer: come in with the link, ask for the code, open the form, get the copy.

A GET sets a cookie and leads to a clean address, nothing more: whoever scans mail may open the link as often as they
like. Every act is a POST.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import open_to_public

from .. import actions
from ..actions.answering import signer_of
from ..models import Ceremony
from ..queries import link_of_token
from ..rules import NotNow, Words
from ..rules.codes import CodeRefused
from .ways import Visit, closed, door, refused_to_staff, remember, visit_of

Act = Callable[[HttpRequest, Visit, datetime], HttpResponse]


@open_to_public
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address.

    A browser that comes from another site (webmail) does not send a SameSite=Strict cookie along with a redirect,
    so it is sent on by a page of ours instead.
    """
    link = link_of_token(token)
    if link is None or link.ceremony.route == Ceremony.Route.TABLET:
        response = closed(request)
    else:
        elsewhere = request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        words = {"t": Words(link.ceremony.wording.language)}
        response = render(request, "signing/enter.html", words) if elsewhere else redirect("signing:own")
        if elsewhere:
            response.headers["Refresh"] = f"0; url={reverse('signing:own')}"
        before = visit_of(request)
        same = before is not None and before.ceremony.pk == link.ceremony_id
        remember(response, token, before.holder if before and same else "")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def with_the_link(act: Act) -> Callable[[HttpRequest], HttpResponse]:
    """Give the act the visit that this browser's cookie tells of; whatever refuses it is said at the door."""

    @wraps(act)
    def found(request: HttpRequest) -> HttpResponse:
        visit, at = visit_of(request), timezone.now()
        if visit is None:
            return closed(request)
        if refused := refused_to_staff(request, visit, at):
            return refused
        try:
            return act(request, visit, at)
        except CodeRefused as error:
            return door(request, visit, at, error.in_language(visit.ceremony.wording.language))
        except (NotNow, actions.NotConnected):
            return redirect("signing:own")  # that page says where the form is

    return found


@open_to_public
@require_POST
@with_the_link
def begin(request: HttpRequest, visit: Visit, at: datetime) -> HttpResponse:
    """Continue: on a link, send the code; with the counter's code, open it here; a guest of an event goes on."""
    ceremony, by = visit.ceremony, signer_of(visit.ceremony)
    if ceremony.route == Ceremony.Route.EVENT:
        return _again(visit, at)
    if ceremony.route == Ceremony.Route.PHONE:
        return _opened(visit, actions.open_on_phone(ceremony=ceremony, link=visit.link, by=by, at=at))
    actions.ask_for_code(ceremony=ceremony, by=by, at=at)
    return redirect("signing:own")


@open_to_public
@require_POST
@with_the_link
def open_form(request: HttpRequest, visit: Visit, at: datetime) -> HttpResponse:
    """The six digits: the form opens here, and nowhere else from now on."""
    ceremony, typed = visit.ceremony, request.POST.get("code", "")[:40]
    return _opened(
        visit, actions.open_with_code(ceremony=ceremony, typed=typed, by=signer_of(ceremony), at=at)
    )


@open_to_public
@require_POST
@with_the_link
def open_next(request: HttpRequest, visit: Visit, at: datetime) -> HttpResponse:
    """Just signed here, and the same person is asked one thing more: that form opens in its place."""
    opened = actions.open_next(
        ceremony=visit.ceremony, holder=visit.holder, by=signer_of(visit.ceremony), at=at
    )
    response = redirect("signing:own")
    remember(response, opened.token, opened.holder)
    return response


@open_to_public
@require_POST
@with_the_link
def mail_copy(request: HttpRequest, visit: Visit, at: datetime) -> HttpResponse:
    """Once signed: the way to the copy, to the address that the request went to."""
    ceremony = visit.ceremony
    actions.mail_own_page(ceremony=ceremony, by=signer_of(ceremony), at=at)
    return render(request, "signing/mailed.html", {"t": Words(ceremony.wording.language)})


def _again(visit: Visit, at: datetime) -> HttpResponse:
    """The phone that holds a guest's form goes on after a while without a touch; no other one may."""
    if not visit.holds:
        raise NotNow("Another phone holds this form.")
    opened = actions.reopen_guest_form(ceremony=visit.ceremony, by=signer_of(visit.ceremony), at=at)
    response = redirect("signing:own")
    remember(response, opened.token, opened.holder)
    return response


def _opened(visit: Visit, holder: str) -> HttpResponse:
    response = redirect("signing:own")
    remember(response, visit.token, holder)
    return response
