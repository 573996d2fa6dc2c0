"""In which language the own page speaks: the one that was chosen here, else the person's, else the browser's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from consent.access.doors import open_to_public

from ..texts import LANGUAGES, known_language
from .visits import LANGUAGE_COOKIE, PATH

A_YEAR = 365 * 24 * 60 * 60


@open_to_public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the language on this device, and go on where the visitor was."""
    target = request.POST.get("next", "")
    ours = target.startswith(str(PATH)) and url_has_allowed_host_and_scheme(target, None)
    response = redirect(target if ours else str(PATH))
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            known_language(chosen),
            max_age=A_YEAR,
            path=str(PATH),
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response
