"""What holds for every request: nothing cached, the tablet's wall, idle sign-out, a second factor for all staff."""

from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from .queries import has_second_factor

GetResponse = Callable[[HttpRequest], HttpResponseBase]
TABLET_COOKIE = "postern_tablet"
TABLET_PATHS = ("/tablet/", "/static/")
SEEN = "seen_at"
BACKGROUND_HEADER = "X-Postern-Background"


class PrivateByDefault:
    """Pages are kept by no cache, so that *back* after sign-out or hand-over shows nothing (R55)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), payment=()")
        return response


class BehindProxy:
    """Who calls, as the proxy in front says: the last address that it adds. Only if there is one (`BEHIND_PROXY`).

    Otherwise every visitor has the proxy's address: they use up each other's tries at the public doors, and a
    signature is recorded from nowhere. What stands before the last one is whatever the caller wrote.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and _is_address(said):
            request.META["REMOTE_ADDR"] = said
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class NoNullCharacters:
    """Drop NUL from the query of an address: nobody types it, and PostgreSQL takes it for no text at all."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return self.get_response(request)


class KioskWall:
    """While the tablet is with the patient, every other door answers 403 and any session is ignored (design 8)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if TABLET_COOKIE not in request.COOKIES:
            return self.get_response(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        if request.path.startswith(TABLET_PATHS):
            return self.get_response(request)
        return render(request, "access/tablet_wall.html", status=403)


class IdleSignOut:
    """Sign out after ten idle minutes; background refreshes do not count as activity (R55)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and self._is_idle(request, timezone.now()):
            logout(request)
            return self._to_sign_in(request)
        return self.get_response(request)

    def _is_idle(self, request: HttpRequest, at: datetime) -> bool:
        """Whether the last act is too long ago; notes this one, at most once a minute."""
        seen = request.session.get(SEEN)
        idle = at - datetime.fromisoformat(seen) if seen else timedelta(0)
        if idle > timedelta(minutes=settings.IDLE_MINUTES):
            return True
        if (seen is None or idle > timedelta(minutes=1)) and BACKGROUND_HEADER not in request.headers:
            request.session[SEEN] = at.isoformat()
        return False

    def _to_sign_in(self, request: HttpRequest) -> HttpResponseBase:
        target = reverse("account_login") + "?idle=1"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": target})
        return redirect(target)


class SecondFactorRequired:
    """Every member of staff needs a second factor; until it is set up, only setting it up is open (R56)."""

    OPEN = ("/account/", "/static/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated or user.is_demo or request.path.startswith(self.OPEN):
            return self.get_response(request)
        if not has_second_factor(user):
            return redirect("mfa_activate_totp")
        return self.get_response(request)
