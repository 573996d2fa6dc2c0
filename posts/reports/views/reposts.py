"""The whole of a repost on one page and in one file; requests that lapsed, and people asked more than once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.evidence.actions import open_document
from consent.evidence.models import Document
from consent.files.store import FileAltered, FileMissing
from consent.people.models import Person
from consent.people.queries import shown_name
from posts.community.actions import note_packed
from posts.community.queries import request_of
from posts.community.queries.boarding import badge_of

from ..packing import packed
from ..queries.forecast import HORIZONS, endings
from ..queries.reposts import watch, whole_of

LICENCES = {"UGC_LICENSE_SCOPE", "UGC_LICENSE_MISSING", "UGC_WITHDRAWN"}


@requires("ledger.view")
@require_safe
def repost(request: MemberRequest, pk: int) -> HttpResponse:
    """One request from the public post to what came of it."""
    whole = whole_of(request_of(request.practice, pk), timezone.now())
    page = {"whole": whole, "badge": badge_of(whole.row.standing)}
    return render(request, "reports/repost.html", page)


@requires("ledger.export")
@require_POST
def repost_pack(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole of it as one file that a third party checks offline. Making it is taken down."""
    found, at = request_of(request.practice, pk), timezone.now()
    identify = request.can("person.identify")

    def called(person: Person) -> str:
        return shown_name(person, identify=identify)

    def opened(document: Document) -> bytes:
        return open_document(document=document, by=request.by, at=at)

    def noted(sha256: str) -> None:
        note_packed(request=found, sha256=sha256, by=request.by, at=at)

    try:
        data = packed(whole_of(found, at), called=called, opened=opened, noted=noted)
    except (FileMissing, FileAltered) as error:
        messages.error(request, f"The pack could not be made. {error}")
        return redirect("reports:repost", request.practice.slug, pk)
    return HttpResponse(
        data,
        content_type="application/zip",
        headers={
            "Cache-Control": "no-store, private",
            "Content-Disposition": f'attachment; filename="repost-{pk}.zip"',
        },
    )


@requires("ledger.view")
@require_safe
def reposts(request: MemberRequest) -> HttpResponse:
    """Requests that lapsed, people asked more than once, and what is out under a licence that ends soon."""
    at = timezone.now()
    soon = [
        one for one in endings(request.practice, at) if any(reason.code in LICENCES for reason in one.reasons)
    ]
    groups = [(days, [one for one in soon if one.within == days]) for days in HORIZONS]
    page = {"watch": watch(request.practice, at), "groups": groups, "soon": soon, "most": max(HORIZONS)}
    return render(request, "reports/reposts.html", page)
