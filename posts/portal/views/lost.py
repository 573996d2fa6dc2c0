"""A lost link: a new one goes to the checked e-mail address, and nobody learns here whether we know it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.access.doors import open_to_public
from consent.access.limits import caller_of
from consent.access.models import Practice

from .. import actions
from ..forms import LostLinkForm
from .visits import language_of


@open_to_public
@require_safe
def which(request: HttpRequest) -> HttpResponse:
    """For whoever comes without a practice's name: on to the only one there is; we list nobody's customers."""
    practices = list(Practice.objects.all()[:2])
    if len(practices) == 1:
        return redirect("portal:lost", practices[0].slug)
    return render(request, "portal/lost_which.html", {"lang": language_of(request), "here": request.path})


@open_to_public
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest, practice: str) -> HttpResponse:
    """Ask for a new link; only an address that cannot be one is told apart."""
    shown = _shown(request, practice)
    form = LostLinkForm(request.POST or None, language=shown["lang"])
    if form.is_valid():
        actions.ask_for_link(
            practice=shown["practice"],
            email=form.cleaned_data["email"],
            address=caller_of(request),
            language=shown["lang"],
            at=timezone.now(),
        )
        return redirect("portal:lost_sent", practice)
    return render(request, "portal/lost.html", shown | {"form": form}, status=422 if form.errors else 200)


@open_to_public
@require_safe
def sent(request: HttpRequest, practice: str) -> HttpResponse:
    """The same words for everybody, known or not, first time or tenth."""
    return render(request, "portal/lost_sent.html", _shown(request, practice))


def _shown(request: HttpRequest, slug: str) -> dict[str, Any]:
    practice = get_object_or_404(Practice, slug=slug)
    return {"practice": practice, "lang": language_of(request), "here": request.path}
