"""A form came back: send its scan, see whether it is whole, look at its pages."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from consent.access.doors import MemberRequest, requires
from consent.evidence.actions import open_document
from consent.files.store import FileAltered, FileMissing
from consent.media.rules import PictureRefused
from consent.media.scans import PageRead, read_pages
from consent.people.forms import kept
from consent.records.forms.paper import DEFECT_WORDS
from consent.records.models import Consent
from consent.signing.queries import called

from .. import actions
from ..forms import CameBackForm
from ..models import Scan
from ..queries import (
    count_of,
    keyings_of,
    may_key,
    newest_scan,
    on_paper,
    page_of,
    scan_of,
    scans_waiting,
)
from ..rules import shown_number

WAITING_SHOWN = 50


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def came_back(request: MemberRequest) -> HttpResponse:
    """Send the scan of a form, or photographs of its pages; their codes find the request."""
    form = CameBackForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (pages := _read(form)):
        number, at = form.cleaned_data["number"], timezone.now()
        done = kept(
            form,
            lambda: actions.keep_scans(
                practice=request.practice, pages=pages, typed=number, by=request.by, at=at
            ),
        )
        if done is not None and done.scans:
            return _kept(request, done)
        for sentence in done.sentences if done else ():
            form.add_error(None, sentence)
    if _by_script(
        request
    ):  # the page keeps the files that were chosen, and shows what is missing beside them
        return render(request, "paper/_answer.html", {"form": form})
    waiting = [
        {"scan": one, "name": called(one.printing.ceremony.person), "mine": may_key(one, request.user)}
        for one in scans_waiting(request.practice)[:WAITING_SHOWN]
    ]
    out = [
        {"ceremony": one, "name": called(one.person)} for one in on_paper(request.practice)[:WAITING_SHOWN]
    ]
    shown = {"form": form, "waiting": waiting, "out": out}
    return render(request, "paper/came_back.html", shown, status=422 if form.errors else 200)


def _by_script(request: MemberRequest) -> bool:
    """Whether the page's script asks: it stays, and shows the answer within."""
    return request.headers.get("HX-Request") == "true"


def _read(form: CameBackForm) -> list[PageRead]:
    """The pages of all files, in their order; or none, with a sentence for each file that cannot be read."""
    pages: list[PageRead] = []
    for one in form.cleaned_data["scans"]:
        try:
            pages.extend(read_pages(one.read()))
        except PictureRefused as refused:
            form.add_error("scans", f"{one.name}: {refused}")
    return [] if form.errors else pages


def _kept(request: MemberRequest, done: actions.Returned) -> HttpResponse:
    """On to the form that came back, or to the list of several."""
    for sentence in done.sentences:
        messages.warning(request, sentence)
    if len(done.scans) == 1:
        target = reverse("paper:scan", args=[request.practice.slug, done.scans[0].pk])
    else:
        messages.success(request, f"{len(done.scans)} forms came back. Key them in one by one.")
        target = reverse("paper:came_back", args=[request.practice.slug])
    return HttpResponseClientRedirect(target) if _by_script(request) else redirect(target)


@requires("consent.prepare")
@require_safe
def scan(request: MemberRequest, pk: int) -> HttpResponse:
    """One form that came back: whose it is, whether it is whole, and what is to be done next."""
    found = scan_of(request.practice, pk)
    return render(request, "paper/scan.html", about(request, found))


def about(request: MemberRequest, found: Scan) -> dict[str, object]:
    """What every page about one scan shows."""
    ceremony = found.printing.ceremony
    newest = newest_scan(ceremony)
    there = keyings_of(found)
    comparison = getattr(found, "comparison", None)
    return {
        "scan": found,
        "ceremony": ceremony,
        "name": called(ceremony.person),
        "signer": called(ceremony.signer),
        "number": shown_number(found.printing.number),
        "count": count_of(found),
        "places": range(1, len(found.pages) + 1),
        "keyings": there,
        "mine": may_key(found, request.user) and ceremony.state == "paper",
        "keyed_first": "first" in there and there["first"].by_id == request.user.pk,
        "newer": newest if newest and newest.pk != found.pk else None,
        "comparison": comparison,
        "copied": comparison is not None and comparison.consent.signature.copies.exists(),
        "wrong": _wrong(comparison.consent) if comparison else [],
        "original": found.originals.order_by("-pk").first(),
    }


def _wrong(consent: Consent) -> list[str]:
    """What is wrong with the form that two people read, each in words: then it allows nothing."""
    said = [DEFECT_WORDS.get(defect, defect) for defect in consent.defects]
    return (
        said
        if consent.ends_on or consent.ends_event
        else [*said, "It names no day and no event on which it ends"]
    )


@requires("document.view")
@require_safe
def page(request: MemberRequest, pk: int, place: int) -> HttpResponse:
    """The picture of one page; looking at it is written down. 404 once the scan was erased."""
    found = scan_of(request.practice, pk)
    where = page_of(found, place)
    try:
        data = open_document(document=found.document, by=request.by, at=timezone.now())
    except (FileMissing, FileAltered) as error:
        raise Http404(str(error)) from error
    headers = {"Cache-Control": "no-store, private", "X-Content-Type-Options": "nosniff"}
    cut = data[where["start"] : where["start"] + where["size"]]
    return HttpResponse(cut, content_type="image/jpeg", headers=headers)
