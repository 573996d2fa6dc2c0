"""The practice wall in public: a page to embed, its feed, its pictures. No cookie, nothing kept over a minute."""

import re

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from consent.access.doors import open_to_public
from consent.access.models import Practice
from consent.files.store import FileMissing, read
from posts.channels.feed import atom
from posts.channels.queries import served_picture, wall_view
from posts.channels.wall import ROOM

# Anything taken down is gone from every cache within a minute (design 7.10).
FOR_A_MINUTE = "public, max-age=60"
# Anything else in the list could smuggle another directive into the header.
SITE = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")


@open_to_public
@xframe_options_exempt
@require_safe
def wall(request: HttpRequest, practice: str) -> HttpResponseBase:
    """The page; the practice's own sites may frame it, nobody else."""
    found = get_object_or_404(Practice, slug=practice)
    view = wall_view(found, timezone.now())

    def page(request: HttpRequest) -> HttpResponse:
        return render(request, "wall/page.html", {"wall_of": found, "entries": view.entries})

    sites = filter(SITE.fullmatch, found.wall_sites)
    response = csp_replace({"frame-ancestors": [SELF, *sites]})(page)(request)
    response["Cache-Control"] = FOR_A_MINUTE
    return response


@open_to_public
@require_safe
def feed(request: HttpRequest, practice: str) -> HttpResponse:
    """The Atom feed, with tombstones."""
    found = get_object_or_404(Practice, slug=practice)
    at = timezone.now()
    content = atom(found, wall_view(found, at), at)
    return HttpResponse(
        content, content_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": FOR_A_MINUTE}
    )


@open_to_public
@require_safe
def picture(request: HttpRequest, practice: str, sha256: str) -> HttpResponse:
    """A picture, if an entry shows it whose consents stand now."""
    found = get_object_or_404(Practice, slug=practice)
    copy = served_picture(found, sha256, timezone.now())
    if copy is None:
        raise Http404("This picture is not on the wall.")
    try:
        content = read(ROOM, copy.storage_key)
    except FileMissing as error:
        raise Http404(str(error)) from error
    return HttpResponse(
        content,
        content_type=copy.media_type,
        headers={"Cache-Control": FOR_A_MINUTE, "X-Content-Type-Options": "nosniff"},
    )
