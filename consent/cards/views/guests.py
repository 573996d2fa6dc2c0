"""On the guest's own phone: come in with the poster's code, say who one is, wait until two members have seen one.

A GET sets a cookie and leads to a clean address, nothing more. What follows is the ceremony's own pages.
"""

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import living_membership, open_to_public
from consent.access.limits import too_often
from consent.access.queries import today_at
from consent.audit.rules import SYSTEM
from consent.signing.actions import PrepareRefused
from consent.signing.models import Ceremony
from consent.signing.queries import waits_to_be_seen
from consent.signing.rules import NotNow
from consent.signing.views.ways import in_hand, remember, visit_of, way_of

from .. import actions
from ..models import Poster
from ..queries import digits_of, poster_of_token, wordings_at
from ..rules import CardSaid, CardWords, colour_of

COOKIE = "postern_card"
PATH = reverse_lazy("cards:start")
COOKIE_FOR = 12 * 60 * 60
KNOCKS, KNOCKS_WITHIN = 40, 60
ONCE_BYTES = 18
SENTENCES: dict[type[Exception], tuple[str, int]] = {
    actions.StillAChild: ("child", 200),
    actions.CardsBusy: ("busy", 429),
    PrepareRefused: ("desk", 409),
}
FIELDS = ("given", "family", "born", "email")


@open_to_public
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address."""
    if poster_of_token(token, timezone.now()) is None:
        response = _closed(request)
    else:
        response = redirect("cards:start")
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_FOR,
            path=str(PATH),
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@open_to_public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who asks and why, and four fields, always empty: nothing of another guest is ever here."""
    poster = _poster(request)
    if poster is None:
        return _closed(request)
    return _refused_to_staff(request, poster) or _start(request, poster, _language(request, poster))


@open_to_public
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Who the guest says they are; the form opens in this browser."""
    poster, at = _poster(request), timezone.now()
    if poster is None:
        return _closed(request)
    if refused := _refused_to_staff(request, poster):
        return refused
    language = _language(request, poster)
    try:
        if too_often(request, "cards:begin", times=KNOCKS, seconds=KNOCKS_WITHIN, at=at):
            raise actions.CardsBusy
        typed = {name: request.POST.get(name, "").replace("\0", "")[:400] for name in FIELDS}
        guest = actions.Guest.of(**typed, language=language, today=today_at(poster.gathering.practice, at))
        opened = actions.begin_card(poster=poster, guest=guest, once=_once(request), by=SYSTEM, at=at)
    except CardSaid as error:
        return _start(request, poster, language, error)
    except (actions.StillAChild, actions.CardsBusy, PrepareRefused) as error:
        key, status = SENTENCES[type(error)]
        return _sentence(request, poster, language, key, status=status)
    except actions.CardsClosed:
        return _closed(request)
    except NotNow:
        return redirect("signing:own")  # an old page: that one says where its form is
    response = redirect("signing:own")
    remember(response, opened.token, opened.holder)
    return response


@open_to_public
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Ready to sign: the card's number and the digits, until two members have seen who holds this phone."""
    if "HX-Request" in request.headers:
        return _asked_again(request)
    return _waiting(request, way="own")


@in_hand
def _waiting(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    if not waits_to_be_seen(ceremony, timezone.now()):
        return redirect("signing:own")
    card = ceremony.card
    words = CardWords(ceremony.wording.language, number=card.number, practice=ceremony.practice.name)
    page = {
        "t": words,
        "card": card,
        "colour": colour_of(card.number),
        "colour_word": words[f"colour_{colour_of(card.number)}"],
        "digits": digits_of(card),
        "way": way_of(ceremony),
        "practice": ceremony.practice,
    }
    return render(request, "cards/waiting.html", page)


def _asked_again(request: HttpRequest) -> HttpResponse:
    """The page asks by itself whether it is time to go on; that is no touch of a hand."""
    visit = visit_of(request)
    if visit is not None and visit.holds and waits_to_be_seen(visit.ceremony, timezone.now()):
        return HttpResponse(status=204)
    return HttpResponse(status=200, headers={"HX-Redirect": reverse("signing:own")})


def _poster(request: HttpRequest) -> Poster | None:
    token = request.COOKIES.get(COOKIE, "")
    return poster_of_token(token, timezone.now()) if token else None


def _language(request: HttpRequest, poster: Poster) -> str:
    """The language chosen on the page, else the browser's if the card is there in it, else the first."""
    offered = list(wordings_at(poster.gathering, timezone.now()))
    asked = request.POST.get("lang") or request.GET.get("lang") or ""
    browser = request.headers.get("Accept-Language", "")[:2].lower()
    return next((one for one in (asked, browser) if one in offered), offered[0] if offered else "en")


def _once(request: HttpRequest) -> str:
    """The number of the page that was sent; one that we did not make gets another, and is a page of its own."""
    sent = request.POST.get("once", "")
    return sent if len(sent) >= ONCE_BYTES and len(sent) <= 64 else secrets.token_urlsafe(ONCE_BYTES)


def _refused_to_staff(request: HttpRequest, poster: Poster) -> HttpResponse | None:
    """Staff never sign: a browser in which a member of this practice is signed in begins no card."""
    practice = poster.gathering.practice
    if not request.user.is_authenticated or not living_membership(request.user, practice.slug):
        return None
    return _sentence(request, poster, _language(request, poster), "staff", status=403)


def _start(
    request: HttpRequest, poster: Poster, language: str, refusal: CardSaid | None = None
) -> HttpResponse:
    others = [one for one in wordings_at(poster.gathering, timezone.now()) if one != language]
    page = {
        "t": _words(poster, language),
        "once": secrets.token_urlsafe(ONCE_BYTES),
        "sent": request.POST if refusal else {},
        "refusal": refusal.in_language(language) if refusal else "",
        "wrong": refusal.field if refusal else "",
        "other": others[0] if others else "",
    }
    return render(request, "cards/start.html", page, status=422 if refusal else 200)


def _sentence(
    request: HttpRequest, poster: Poster, language: str, key: str, *, status: int = 200
) -> HttpResponse:
    """A page of one heading and one sentence: ask a parent, try later, come to the table."""
    words = _words(poster, language)
    ending = {"child": "child_why"}.get(key, f"{key}_lead")
    page: dict[str, Any] = {"t": words, "heading": words[key], "lead": words[ending], "again": key != "staff"}
    return render(request, "cards/sentence.html", page, status=status)


def _words(poster: Poster, language: str) -> CardWords:
    gathering = poster.gathering
    return CardWords(
        language,
        practice=gathering.practice.name,
        host=gathering.host.name,
        event=gathering.name,
        day=gathering.day,
        place=gathering.place,
    )


def _closed(request: HttpRequest) -> HttpResponse:
    """One page for every code that leads nowhere, in both languages. Which reason it was is nobody's business."""
    pages = [CardWords("en"), CardWords("es")]
    return render(request, "cards/closed.html", {"t": pages[0], "languages": pages}, status=404)
