"""The form in the signer's hands, on the tablet or their own device: one page that shows the ceremony's step."""

import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import open_to_public
from consent.access.middleware import BACKGROUND_HEADER
from consent.evidence.actions import NotSealedYet
from consent.evidence.queries import document_bytes, signature_evidence
from consent.evidence.views import pdf_response
from consent.files.store import FileAltered, FileMissing

from .. import actions
from ..actions.answering import signer_of
from ..actions.signing import Device, Mark
from ..models import Ceremony
from ..offering import is_licence, is_of_health
from ..paper import code_of
from ..queries import MAILED, called, own_page_address, waits_to_be_seen
from ..rules import (
    IDLE_AFTER,
    AnswerRefused,
    MarkRefused,
    NotNow,
    Said,
    Sent,
    checked_name,
    day_in,
    in_words,
    read_drawing,
)
from ..screens import Screen, screen_of
from ..showing import ShownPage, shown_pages
from .ways import WAITING, in_hand, picture_address, way_of, words_for

OVER = {
    Ceremony.State.DECLINED: "signing/declined.html",
    Ceremony.State.PAPER: "signing/paper_chosen.html",
    Ceremony.State.ABANDONED: "signing/paper_chosen.html",
}


@open_to_public
@require_safe
@in_hand
def tablet(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """The step that the ceremony is at."""
    if ceremony.state == Ceremony.State.SIGNED:
        return _thank_you(request, ceremony)
    if ceremony.state in OVER:
        return _page(request, ceremony, OVER[Ceremony.State(ceremony.state)])
    if waits_to_be_seen(ceremony, timezone.now()):
        return redirect(WAITING)
    return _show(request, ceremony)


@open_to_public
@require_POST
@in_hand
def answer(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Keep what was marked and go on."""
    step, sent = request.POST.get("step", ""), _sent(request)
    try:
        actions.answer(ceremony=ceremony, step=step, sent=sent, by=signer_of(ceremony), at=timezone.now())
    except AnswerRefused as error:
        return _show(request, ceremony, sent, error)
    except NotNow:
        pass  # what the page shows next says so
    return redirect(way_of(ceremony)["page"])


@open_to_public
@require_POST
@in_hand
def step_back(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Look at the question before."""
    return _acted(actions.step_back, ceremony)


@open_to_public
@require_POST
@in_hand
def decline(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """No thanks."""
    return _acted(actions.decline, ceremony)


@open_to_public
@require_POST
@in_hand
def choose_paper(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """I would rather have it on paper."""
    return _acted(actions.choose_paper, ceremony)


@open_to_public
@require_POST
@in_hand
def put_down(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Done: from now on this tablet shows nothing of it."""
    return _acted(actions.put_down, ceremony)


@open_to_public
@csrf_exempt  # reading the token reads the whole body, whose size is looked at first; then `_signed` checks it
@require_POST
def sign(request: HttpRequest, way: str = "tablet") -> HttpResponse:
    """Take the signature; the same one sent twice is one."""
    try:
        size = len(request.POST)
    except RequestDataTooBig:
        size = 0
    return _signed(request, way) if size else _too_large(request, way)


@csrf_protect
@in_hand
def _signed(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    at = timezone.now()
    if not _waits_for_signature(ceremony) or waits_to_be_seen(ceremony, at):
        return redirect(
            way_of(ceremony)["page"]
        )  # answered meanwhile, or never got here: that page says which
    kind = "kiosk" if ceremony.route == Ceremony.Route.TABLET else "own"
    device = Device(
        kind, request.META["REMOTE_ADDR"], request.headers.get("User-Agent", "")[:300], platform.node()
    )
    try:
        mark = _mark(request, ceremony)
        # The document is made and sealed by a worker: the signer waits for neither.
        actions.sign(ceremony=ceremony, mark=mark, device=device, by=signer_of(ceremony), at=at)
    except (MarkRefused, actions.TextChanged, actions.CannotPrint, actions.PacketIncomplete) as error:
        return _show(request, ceremony, _sent(request), error)
    except actions.SignerChanged as error:
        return _ending(request, ceremony, error)
    except NotNow:
        pass  # the page shows where the ceremony is
    return redirect(way_of(ceremony)["page"])


@in_hand
def _too_large(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    if not _waits_for_signature(ceremony):
        return redirect(way_of(ceremony)["page"])
    return _show(request, ceremony, None, MarkRefused("too_large"))


@open_to_public
@require_POST
@in_hand
def touch(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """A finger moved, `ago` milliseconds before this was sent. What runs by itself does not count."""
    sent = request.POST.get("ago", "")
    counts = sent.isascii() and sent.isdigit() and len(sent) < 9
    ago = timedelta(milliseconds=int(sent)) if counts else timedelta()
    if BACKGROUND_HEADER not in request.headers:
        actions.touch(ceremony=ceremony, ago=ago, by=signer_of(ceremony), at=timezone.now())
    return HttpResponse(status=204)


@open_to_public
@require_POST
@in_hand
def copy(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """The signer's copy: shown as link and code, or printed."""
    printed = request.POST.get("method") == "print"
    try:
        if ceremony.signature is not None:
            method = "print" if printed else "screen"
            actions.give_tablet_copy(
                ceremony=ceremony, method=method, by=signer_of(ceremony), at=timezone.now()
            )
    except NotSealedYet:
        printed = False
    except (FileMissing, FileAltered):
        return _ending(request, ceremony, Said("no_copy"), status=503)
    return redirect(way_of(ceremony)["copy_file" if printed else "page"])


@open_to_public
@require_safe
@in_hand
def copy_file(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """The signed document, as long as the tablet is in the signer's hands."""
    evidence = signature_evidence([ceremony.signature_id] if ceremony.signature_id else [])
    stored = next(iter(evidence.values()), None)
    if stored is None or stored.document is None:
        raise Http404
    try:
        data = document_bytes(stored.document)
    except (FileMissing, FileAltered):
        return _ending(request, ceremony, Said("no_copy"), status=503)
    return pdf_response(data, "my-copy.pdf")


def _acted(action: Callable[..., object], ceremony: Ceremony) -> HttpResponse:
    with suppress(NotNow):  # what the page shows next says so
        action(ceremony=ceremony, by=signer_of(ceremony), at=timezone.now())
    return redirect(way_of(ceremony)["page"])


def _show(
    request: HttpRequest, ceremony: Ceremony, sent: Sent | None = None, refusal: Said | None = None
) -> HttpResponse:
    screen = screen_of(ceremony, timezone.now(), sent)
    page = {
        "screen": screen,
        "form": ceremony.wording,
        "for_another": ceremony.signer_id != ceremony.person_id,
        "refusal": refusal.in_language(ceremony.wording.language) if refusal else "",
        "progress": _progress(ceremony, screen),
        "exhibit": _exhibit(ceremony, screen),
        "of_work": ceremony.exhibit is not None and ceremony.exhibit.is_work,
        "of_health": is_of_health(ceremony.wording),
        "latest": day_in(ceremony.wording.language, screen.ends["latest"]) if screen.ends else "",
        "sent": {name: values[0] for name, values in (sent or {}).items()},
    }
    return _page(request, ceremony, f"signing/{screen.step}.html", page, status=422 if refusal else 200)


def _exhibit(ceremony: Ceremony, screen: Screen) -> list[ShownPage]:
    """The post where it is asked about, an author's work with its first question; both where all is read once more."""
    asks = any(question.name == "only_this_post" for question in screen.questions)
    made = ceremony.exhibit is not None and is_licence(ceremony.wording) and screen.step == "platforms"
    if not (asks or made or screen.step == "review"):
        return []
    return shown_pages(ceremony, lambda one: picture_address(ceremony, one["sha256"]))


def _progress(ceremony: Ceremony, screen: Screen) -> str:
    """Two of five, in the language of the form."""
    at = screen.progress
    return in_words(ceremony.wording.language, "number_of", number=at.number, of=at.of) if at else ""


def _ending(request: HttpRequest, ceremony: Ceremony, why: Said, *, status: int = 409) -> HttpResponse:
    """Nothing can be done here any more; the sentence says why, the button ends it."""
    sentence = why.in_language(ceremony.wording.language)
    return _page(request, ceremony, "signing/give_back.html", {"sentence": sentence}, status=status)


def _thank_you(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    evidence = signature_evidence([ceremony.signature_id or 0])[ceremony.signature_id or 0]
    address = own_page_address(ceremony.own_page) if ceremony.own_page and evidence.document else ""
    following = actions.next_form(ceremony, timezone.now())
    page = {
        "address": address,
        "code": code_of(address) if address else "",
        "shown": "screen" in evidence.copies,
        "following": following,
        "following_of_health": following is not None and is_of_health(following.wording),
    }
    return _page(request, ceremony, "signing/thank_you.html", page)


def _page(
    request: HttpRequest,
    ceremony: Ceremony,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page in the signer's hands. It counts the idle time on from when a hand was last there."""
    at = timezone.now()
    quiet = at - (ceremony.last_seen_at or at)
    more = {
        "practice": ceremony.practice,
        "quiet": max(int(quiet.total_seconds() * 1000), 0),
        "idle": int(IDLE_AFTER[ceremony.route].total_seconds() * 1000),
        "t": words_for(ceremony),
        "way": way_of(ceremony),
        "own": ceremony.route != Ceremony.Route.TABLET,
        "by_link": ceremony.route in MAILED and ceremony.contact_point_id is not None,
    }
    return render(request, template, {**more, **(context or {})}, status=status)


def _waits_for_signature(ceremony: Ceremony) -> bool:
    return ceremony.state == Ceremony.State.OPEN and ceremony.step == "sign"


def _mark(request: HttpRequest, ceremony: Ceremony) -> Mark:
    if request.POST.get("method") == "typed":
        return Mark(typed_name=checked_name(request.POST.get("typed_name", ""), called(ceremony.signer)))
    return Mark(drawing=read_drawing(request.POST.get("drawing", "")))


def _sent(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}
