"""Verify: anybody drops a file and learns whether it is ours, unchanged, and still in force. Nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from consent.access.doors import open_to_public
from consent.access.limits import too_often
from consent.evidence.uploads import MAX_BYTES, OnlyInMemory, fits

from ..queries.verifying import answer_about

TIMES, SECONDS = 30, 600
TOO_OFTEN = "That were many files in a short time. Please wait ten minutes and go on then."
TOO_LARGE = "This file is larger than 20 MB, so it is none of ours."
NO_FILE = "Choose a file first."


@open_to_public
@csrf_exempt  # reading the token reads the whole body, whose size is looked at first; then `_looked_at` checks it
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The page, and the answer about the file that was dropped on it."""
    if request.method != "POST":
        return _shown(request)
    if not fits(request):
        return _page(request, TOO_LARGE, status=413)
    if too_often(request, "verify", times=TIMES, seconds=SECONDS, at=timezone.now()):
        return _page(request, TOO_OFTEN, status=429)
    request.upload_handlers = [OnlyInMemory(request)]
    return _looked_at(request)


@csrf_protect
def _shown(request: HttpRequest) -> HttpResponse:
    return _page(request)


@csrf_protect
def _looked_at(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        return _page(request, NO_FILE, status=422)
    if (file.size or 0) > MAX_BYTES:
        return _page(request, TOO_LARGE, status=413)
    at = timezone.now()
    answer = answer_about(file.read(), at)
    return render(request, "records/verify.html", {"answer": answer, "at": at, "name": file.name})


def _page(request: HttpRequest, refusal: str = "", *, status: int = 200) -> HttpResponse:
    return render(request, "records/verify.html", {"refusal": refusal}, status=status)
