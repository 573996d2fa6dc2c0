"""The tablet comes back to the desk. Until then every staff page answers 403."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import open_to_public, user_actor
from consent.access.middleware import TABLET_COOKIE

from .. import actions
from ..models import Ceremony
from ..queries import ceremony_at_tablet
from ..rules import Words

BACKEND = "django.contrib.auth.backends.ModelBackend"
SAID = {
    Ceremony.State.SIGNED: "Signed. The document is on the record.",
    Ceremony.State.DECLINED: "The tablet is back. Nothing was agreed to.",
}


@open_to_public
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest) -> HttpResponse:
    """The preparer gives their PIN and is signed in again, with a new session."""
    at = timezone.now()
    ceremony = ceremony_at_tablet(request.COOKIES.get(TABLET_COOKIE, ""), at)
    if ceremony is None or request.method == "GET":
        return back_page(request, ceremony)
    try:
        user = actions.take_back(
            ceremony=ceremony, pin=request.POST.get("pin", ""), by=user_actor(ceremony.prepared_by), at=at
        )
    except actions.PinRefused as error:
        return back_page(request, ceremony, str(error))
    login(request, user, backend=BACKEND)
    ceremony.refresh_from_db()
    if said := SAID.get(Ceremony.State(ceremony.state)):
        messages.success(request, said)
    slug = ceremony.practice.slug
    if ceremony.state in (Ceremony.State.PREPARED, Ceremony.State.PAPER, Ceremony.State.ABANDONED):
        return _without_cookie(redirect("signing:ceremony", practice=slug, pk=ceremony.pk))
    return _without_cookie(redirect("records:person", practice=slug, pk=ceremony.person_id))


@open_to_public
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Nobody knows the PIN, or it is too late for it: the tablet is let go, and whoever comes next signs in."""
    at = timezone.now()
    ceremony = ceremony_at_tablet(request.COOKIES.get(TABLET_COOKIE, ""), at)
    if ceremony is not None:
        actions.release(ceremony=ceremony, at=at)
    return _without_cookie(redirect("account_login"))


def back_page(request: HttpRequest, ceremony: Ceremony | None, refusal: str = "") -> HttpResponse:
    """The neutral page: please give the tablet back. It names nobody but the member of staff who gave it."""
    page = {
        "preparer": ceremony.prepared_by if ceremony else None,
        "refusal": refusal,
        "t": Words(ceremony.wording.language if ceremony else "en"),
    }
    return render(request, "signing/take_back.html", page, status=422 if refusal else 200)


def _without_cookie(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(TABLET_COOKIE, path="/", samesite="Strict")
    return response
