"""At the tablet: one page that shows the ceremony's step, found by the tablet's cookie alone."""

import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import open_to_public
from consent.access.middleware import BACKGROUND_HEADER, TABLET_COOKIE
from consent.audit.rules import SYSTEM
from consent.evidence.actions import NotSealedYet
from consent.evidence.queries import document_bytes, signature_evidence
from consent.evidence.render import RenderFailed
from consent.evidence.views import pdf_response
from consent.files.store import FileAltered, FileMissing

from .. import actions
from ..actions.answering import signer_of
from ..actions.signing import Device, Mark
from ..models import Ceremony
from ..paper import code_of
from ..queries import called, ceremony_at_tablet, own_page_address
from ..rules import AnswerRefused, MarkRefused, NotNow, Sent, checked_name, is_idle, read_drawing
from ..screens import screen_of
from .returning import back_page

Answer = Callable[[HttpRequest, Ceremony], HttpResponse]
OVER = {
    Ceremony.State.DECLINED: "signing/declined.html",
    Ceremony.State.PAPER: "signing/paper_chosen.html",
    Ceremony.State.ABANDONED: "signing/paper_chosen.html",
}
TOO_LARGE = "That drawing is too large to keep. Please clear it and sign once more, more simply."
NO_COPY = "You signed, but your copy cannot be opened just now. Please ask the front desk for it on paper."


def at_tablet(view: Answer) -> Callable[[HttpRequest], HttpResponse]:
    """Give the view the ceremony in the signer's hands; without one, or two minutes idle, show the neutral page."""

    @wraps(view)
    def found(request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        ceremony = ceremony_at_tablet(request.COOKIES.get(TABLET_COOKIE, ""), at)
        if ceremony is None or is_idle(ceremony.last_seen_at, at):
            return back_page(request, ceremony)
        return view(request, ceremony)

    return found


@open_to_public
@require_safe
@at_tablet
def tablet(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """The step that the ceremony is at."""
    if ceremony.state == Ceremony.State.SIGNED:
        return _thank_you(request, ceremony)
    if ceremony.state in OVER:
        return _page(request, ceremony, OVER[Ceremony.State(ceremony.state)])
    return _show(request, ceremony)


@open_to_public
@require_POST
@at_tablet
def answer(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Keep what was marked and go on."""
    step, sent = request.POST.get("step", ""), _sent(request)
    try:
        actions.answer(ceremony=ceremony, step=step, sent=sent, by=signer_of(ceremony), at=timezone.now())
    except AnswerRefused as error:
        return _show(request, ceremony, sent, str(error))
    except NotNow:
        pass  # what the page shows next says so
    return redirect("signing:tablet")


@open_to_public
@require_POST
@at_tablet
def step_back(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Look at the question before."""
    return _acted(actions.step_back, ceremony)


@open_to_public
@require_POST
@at_tablet
def decline(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """No thanks."""
    return _acted(actions.decline, ceremony)


@open_to_public
@require_POST
@at_tablet
def choose_paper(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """I would rather have it on paper."""
    return _acted(actions.choose_paper, ceremony)


@open_to_public
@require_POST
@at_tablet
def put_down(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Done: from now on this tablet shows nothing of it."""
    return _acted(actions.put_down, ceremony)


@open_to_public
@csrf_exempt  # reading the token reads the whole body, whose size is looked at first; then `_signed` checks it
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """Take the signature; the same one sent twice is one."""
    try:
        size = len(request.POST)
    except RequestDataTooBig:
        size = 0
    return _signed(request) if size else _too_large(request)


@csrf_protect
@at_tablet
def _signed(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    at = timezone.now()
    if not _waits_for_signature(ceremony):
        return redirect("signing:tablet")  # answered meanwhile, or never got here: that page says which
    device = Device(
        "kiosk", request.META["REMOTE_ADDR"], request.headers.get("User-Agent", "")[:300], platform.node()
    )
    try:
        mark = _mark(request, ceremony)
        signature = actions.sign(ceremony=ceremony, mark=mark, device=device, by=signer_of(ceremony), at=at)
        actions.complete_signature(signature=signature, by=SYSTEM, at=timezone.now())
    except (MarkRefused, actions.TextChanged, actions.PacketIncomplete) as error:
        return _show(request, ceremony, _sent(request), str(error))
    except actions.SignerChanged as error:
        return _ending(request, ceremony, str(error))
    except (NotNow, RenderFailed):
        pass  # the page shows where the ceremony is; the document is made again later
    return redirect("signing:tablet")


@at_tablet
def _too_large(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    if not _waits_for_signature(ceremony):
        return redirect("signing:tablet")
    return _show(request, ceremony, None, TOO_LARGE)


@open_to_public
@require_POST
@at_tablet
def touch(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """A finger moved, `ago` milliseconds before this was sent. What runs by itself does not count."""
    sent = request.POST.get("ago", "")
    ago = (
        timedelta(milliseconds=int(sent))
        if sent.isascii() and sent.isdigit() and len(sent) < 9
        else timedelta()
    )
    if BACKGROUND_HEADER not in request.headers:
        actions.touch(ceremony=ceremony, ago=ago, by=signer_of(ceremony), at=timezone.now())
    return HttpResponse(status=204)


@open_to_public
@require_POST
@at_tablet
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
        return _ending(request, ceremony, NO_COPY, status=503)
    return redirect("signing:copy_file" if printed else "signing:tablet")


@open_to_public
@require_safe
@at_tablet
def copy_file(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """The signed document, as long as the tablet is in the signer's hands."""
    evidence = signature_evidence([ceremony.signature_id] if ceremony.signature_id else [])
    stored = next(iter(evidence.values()), None)
    if stored is None or stored.document is None:
        raise Http404
    try:
        data = document_bytes(stored.document)
    except (FileMissing, FileAltered):
        return _ending(request, ceremony, NO_COPY, status=503)
    return pdf_response(data, "my-copy.pdf")


def _acted(action: Callable[..., object], ceremony: Ceremony) -> HttpResponse:
    with suppress(NotNow):  # what the page shows next says so
        action(ceremony=ceremony, by=signer_of(ceremony), at=timezone.now())
    return redirect("signing:tablet")


def _show(
    request: HttpRequest, ceremony: Ceremony, sent: Sent | None = None, refusal: str = ""
) -> HttpResponse:
    screen = screen_of(ceremony, timezone.now(), sent)
    page = {
        "screen": screen,
        "form": ceremony.wording,
        "signer": called(ceremony.signer),
        "person": called(ceremony.person),
        "refusal": refusal,
        "sent": {name: values[0] for name, values in (sent or {}).items()},
    }
    return _page(request, ceremony, f"signing/{screen.step}.html", page, status=422 if refusal else 200)


def _ending(request: HttpRequest, ceremony: Ceremony, sentence: str, *, status: int = 409) -> HttpResponse:
    """Nothing can be done here any more; the sentence says why, the button gives the tablet back."""
    return _page(request, ceremony, "signing/give_back.html", {"sentence": sentence}, status=status)


def _thank_you(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    evidence = signature_evidence([ceremony.signature_id or 0])[ceremony.signature_id or 0]
    address = own_page_address(ceremony.own_page) if ceremony.own_page and evidence.document else ""
    page = {
        "address": address,
        "code": code_of(address) if address else "",
        "shown": "screen" in evidence.copies,
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
    more = {"practice": ceremony.practice, "quiet": int(quiet.total_seconds() * 1000)}
    return render(request, template, {**more, **(context or {})}, status=status)


def _waits_for_signature(ceremony: Ceremony) -> bool:
    return ceremony.state == Ceremony.State.OPEN and ceremony.step == "sign"


def _mark(request: HttpRequest, ceremony: Ceremony) -> Mark:
    if request.POST.get("method") == "typed":
        return Mark(typed_name=checked_name(request.POST.get("typed_name", ""), called(ceremony.signer)))
    return Mark(drawing=read_drawing(request.POST.get("drawing", "")))


def _sent(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}
