"""On the author's own phone: who asks and why, what we saw, what we ask for; go on, or no thanks.

A GET sets a cookie and leads to a clean address, nothing more: whoever scans messages may open the link as often as
they like. Somebody else may have the link, so these pages speak of the post alone (R50, R54).
"""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import open_to_public
from consent.audit.rules import SYSTEM
from consent.files.store import FileAltered, FileMissing, read

from .. import actions
from ..actions.keeping import SNAPSHOTS
from ..queries import newest_snapshot, request_of_token
from ..queries.author import asked_for
from ..queries.proofs import is_licensed
from .visits import Visit, closed, remember_link, sentence, shut, with_the_link, words_of


@open_to_public
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address."""
    found = request_of_token(token)
    if found is None:
        response = closed(request)
    else:
        response = redirect("community:author")
        remember_link(response, token)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@open_to_public
@require_safe
@with_the_link
def story(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What we saw and what we ask for; once the licence is signed, the way back to what is left."""
    asked = visit.request
    snapshot = newest_snapshot(asked.story)
    zone = ZoneInfo(asked.practice.time_zone)
    page = {
        "t": words_of(visit, ends_on=asked.ends_on, lapses_on=asked.lapses_at.astimezone(zone).date()),
        "other": visit.other,
        "snapshot": snapshot,
        "asked": asked_for(asked, visit.language),
        "answered": is_licensed(asked),
    }
    return shut(render(request, "community/author/story.html", page))


@open_to_public
@require_POST
@with_the_link
def seen(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A hand touched the page: somebody reads it, and no scanner."""
    actions.note_seen(request=visit.request, by=SYSTEM, at=timezone.now())
    return HttpResponse(status=204)


@open_to_public
@require_safe
@with_the_link
def picture(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The picture of the story as we saw it, for this visit alone. Raises Http404 if there is none, or not whole."""
    snapshot = newest_snapshot(visit.request.story)
    if snapshot is None or not snapshot.picture_key:
        raise Http404
    try:
        content = read(SNAPSHOTS, snapshot.picture_key)
    except (FileMissing, FileAltered) as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=snapshot.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return shut(response)


@open_to_public
@require_POST
@with_the_link
def decline(request: HttpRequest, visit: Visit) -> HttpResponse:
    """No thanks, for good. What was signed is taken back on the author's own page, not here."""
    if is_licensed(visit.request):
        return redirect("community:author")
    at = timezone.now()
    actions.note_seen(request=visit.request, by=SYSTEM, at=at)
    actions.decline(request=visit.request, by=SYSTEM, at=at)
    return sentence(request, visit, "declined")
