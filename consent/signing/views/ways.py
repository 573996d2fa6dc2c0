"""The two ways to a form: the tablet that staff hand over, and the signer's own phone or computer.

Each finds the ceremony by a cookie of its own, and knows what to show when the form is not in these hands.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from consent.access.doors import living_membership, user_actor
from consent.access.middleware import TABLET_COOKIE

from ..actions import note_staff
from ..models import Ceremony, SignerLink
from ..queries import (
    UNANSWERED,
    called,
    ceremony_at_tablet,
    code_is_out,
    link_of_token,
    token_digest,
    waits_to_be_seen,
)
from ..rules import Words, is_idle
from .returning import back_page

logger = logging.getLogger(__name__)
Answer = Callable[..., HttpResponse]
OWN_COOKIE = "postern_sign"
OWN_PATH = reverse_lazy("signing:own")
# Where a guest waits until two members have seen them; the page is a higher room's.
WAITING = "cards:waiting"
RETRY_SECONDS = "30"
COOKIE_FOR = 24 * 60 * 60
ACTS = ("answer", "step_back", "decline", "choose_paper", "sign", "touch", "copy", "copy_file", "put_down")


@dataclass(frozen=True)
class Visit:
    """Somebody came with a link; `holder` is the token that this device got when it opened the form, if it did."""

    link: SignerLink
    token: str
    holder: str

    @property
    def ceremony(self) -> Ceremony:
        """What the link leads to."""
        return self.link.ceremony

    @property
    def holds(self) -> bool:
        """Whether this device is the one that opened the form last."""
        mine = token_digest(self.holder) if self.holder else ""
        return bool(mine) and mine == self.ceremony.token_digest


def way_of(ceremony: Ceremony) -> dict[str, str]:
    """The addresses of the ceremony's pages, as its templates ask for them."""
    own = ceremony.route != Ceremony.Route.TABLET
    names = {act: f"own_{act}" if own else act for act in ACTS} | {"page": "own" if own else "tablet"}
    return {name: reverse(f"signing:{target}") for name, target in names.items()}


def picture_address(ceremony: Ceremony, sha256: str) -> str:
    """Where these hands load a picture of the post that the form is for."""
    own = ceremony.route != Ceremony.Route.TABLET
    return reverse(f"signing:{'own_shown' if own else 'shown'}", args=[sha256])


def holder_at_tablet(request: HttpRequest, at: datetime) -> Ceremony | HttpResponse:
    """The ceremony in the hands at this tablet; without one, or two minutes idle, the neutral page."""
    ceremony = ceremony_at_tablet(request.COOKIES.get(TABLET_COOKIE, ""), at)
    if ceremony is None or is_idle(ceremony.route, ceremony.last_seen_at, at):
        return back_page(request, ceremony)
    return ceremony


def holder_on_own_device(request: HttpRequest, at: datetime) -> Ceremony | HttpResponse:
    """The ceremony that this device opened, as long as it holds it; otherwise the page at the door."""
    visit = visit_of(request)
    if visit is None:
        return closed(request)
    if refused := refused_to_staff(request, visit, at):
        return refused
    ceremony = visit.ceremony
    away = is_idle(ceremony.route, ceremony.last_seen_at, at) or ceremony.returned_at is not None
    if visit.holds and not away and not _is_over(ceremony, at):
        return ceremony
    return door(request, visit, at)


HOLDERS = {"tablet": holder_at_tablet, "own": holder_on_own_device}


def in_hand(view: Answer) -> Callable[..., HttpResponse]:
    """Give the view the ceremony that these hands hold, on the tablet or an own device; otherwise show what is so."""

    @wraps(view)
    def found(request: HttpRequest, way: str = "tablet", **named: str) -> HttpResponse:
        try:
            held = HOLDERS[way](request, timezone.now())
            return held if isinstance(held, HttpResponse) else view(request, held, **named)
        except (OperationalError, InterfaceError):
            logger.exception("The database could not be reached from a form in the signer's hands.")
            return try_again(way)

    return found


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit that this browser's cookie tells of, if its link still leads anywhere."""
    token, _, holder = request.COOKIES.get(OWN_COOKIE, "").partition(":")
    link = link_of_token(token) if token else None
    own = link is not None and link.ceremony.route != Ceremony.Route.TABLET
    return Visit(link, token, holder) if link and own else None


def remember(response: HttpResponse, token: str, holder: str) -> None:
    """Keep the link, and the device's own token, in a cookie that no script and no other page sees."""
    response.set_cookie(
        OWN_COOKIE,
        f"{token}:{holder}",
        max_age=COOKIE_FOR,
        path=str(OWN_PATH),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def closed(request: HttpRequest) -> HttpResponse:
    """One page for every link that opens nothing, and what to do. Which reason it was is nobody's business."""
    pages = [Words("en"), Words("es")]
    return render(request, "signing/link_closed.html", {"t": pages[0], "languages": pages}, status=404)


def try_again(way: str) -> HttpResponse:
    """The database is away: nothing was signed, or it was signed once; trying again is safe. Asks it nothing."""
    pages = [Words("en"), Words("es")]
    page = {"t": pages[0], "languages": pages, "page": reverse(f"signing:{way}")}
    away = render_to_string("signing/try_again.html", page)
    return HttpResponse(away, status=503, headers={"Retry-After": RETRY_SECONDS})


def refused_to_staff(request: HttpRequest, visit: Visit, at: datetime) -> HttpResponse | None:
    """Staff never sign: a browser in which a member of this practice is signed in is refused, and it is noted."""
    ceremony = visit.ceremony
    if not request.user.is_authenticated or not living_membership(request.user, ceremony.practice.slug):
        return None
    note_staff(ceremony=ceremony, by=user_actor(request.user), at=at)
    return render(request, "signing/staff_here.html", {"t": Words(ceremony.wording.language)}, status=403)


def door(request: HttpRequest, visit: Visit, at: datetime, refusal: str = "") -> HttpResponse:
    """What somebody with a good link sees before the form is open here, or once it is answered. Names nobody."""
    ceremony = visit.ceremony
    if waits_to_be_seen(ceremony, at) and visit.holds and not _is_over(ceremony, at):
        return redirect(WAITING)
    if ceremony.state == Ceremony.State.SIGNED:
        return _door_page(request, ceremony, "signing/already_signed.html", refusal)
    if ceremony.state not in UNANSWERED:
        return _door_page(request, ceremony, "signing/answered.html", refusal)
    if _is_over(ceremony, at):
        return closed(request)
    here = _why_not_here(visit, at)
    by_link = ceremony.route == Ceremony.Route.LINK
    if by_link and code_is_out(ceremony, at):
        return _door_page(request, ceremony, "signing/code.html", refusal, here)
    if by_link or visit.link.expires_at > at or here:
        return _door_page(request, ceremony, "signing/door.html", refusal, here, visit.link.expires_at > at)
    return closed(request)


def _why_not_here(visit: Visit, at: datetime) -> str:
    """Whether the form was opened already: elsewhere, or here and left alone for too long."""
    if visit.ceremony.state != Ceremony.State.OPEN:
        return ""
    if visit.holds:
        return "away"
    return "" if visit.ceremony.route == Ceremony.Route.LINK and not visit.holder else "elsewhere"


def _is_over(ceremony: Ceremony, at: datetime) -> bool:
    ended = ceremony.expires_at is not None and ceremony.expires_at <= at
    return ended and ceremony.state in UNANSWERED


def _door_page(
    request: HttpRequest, ceremony: Ceremony, template: str, refusal: str, here: str = "", fresh: bool = True
) -> HttpResponse:
    practice, end = ceremony.practice, ceremony.finished_at
    words = Words(
        ceremony.wording.language,
        practice=practice.name,
        asker=ceremony.prepared_by.name,
        day=end.astimezone(ZoneInfo(practice.time_zone)).date() if end else "",
    )
    page = {"ceremony": ceremony, "t": words, "refusal": refusal, "here": here, "fresh": fresh}
    return render(request, template, page, status=422 if refusal else 200)


def words_for(ceremony: Ceremony) -> Words:
    """The texts of the ceremony's pages, in the language of its form."""
    return Words(
        ceremony.wording.language,
        signer=called(ceremony.signer),
        person=called(ceremony.person),
        practice=ceremony.practice.name,
    )
