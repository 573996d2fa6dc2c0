"""A visit of the author's pages: the link in a cookie, the language, and what this browser asked a code for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone

from consent.access.doors import living_membership

from ..actions import AnswerRefused
from ..actions.answering import require_answerable
from ..models import AccountProof, RepostRequest
from ..queries import request_of_token
from ..rules import LANGUAGES
from ..rules.author_words import AuthorWords

COOKIE, PROOF_COOKIE = "postern_story", "postern_story_code"
PATH = reverse_lazy("community:author")
COOKIE_FOR = 24 * 60 * 60
SALT = "story-code"


@dataclass(frozen=True)
class Visit:
    """Somebody came with the link of a request; `proof` is what this browser typed an address for, if it did."""

    request: RepostRequest
    language: str
    proof: AccountProof | None

    @property
    def other(self) -> str:
        """The language that the page can be had in as well."""
        return next(one for one in LANGUAGES if one != self.language)


def with_the_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the visit that this browser's cookie tells of; whatever refuses it is said here."""

    @wraps(view)
    def found(request: HttpRequest, **named: Any) -> HttpResponse:
        asked = request_of_token(request.COOKIES.get(COOKIE, ""))
        if asked is None:
            return closed(request)
        visit = Visit(asked, language_of(request, asked), proof_of_browser(request, asked))
        if request.user.is_authenticated and living_membership(request.user, asked.practice.slug):
            return sentence(request, visit, "staff", status=403)
        if asked.ended == RepostRequest.Ended.DECLINED:
            return sentence(request, visit, "declined")
        try:
            require_answerable(asked, timezone.now())
            return view(request, visit, **named)
        except AnswerRefused:
            return closed(request)

    return found


def language_of(request: HttpRequest, asked: RepostRequest) -> str:
    """The language chosen on the page, or the one that we wrote in."""
    chosen = request.POST.get("lang") or request.GET.get("lang") or ""
    return chosen if chosen in LANGUAGES else asked.language


def proof_of_browser(request: HttpRequest, asked: RepostRequest) -> AccountProof | None:
    """What this browser typed an address for, as long as it is not over."""
    try:
        pk = int(signing.loads(request.COOKIES.get(PROOF_COOKIE, ""), salt=SALT, max_age=COOKIE_FOR))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = AccountProof.objects.filter(pk=pk, request=asked, ended_at=None)
    return rows.select_related("request__practice", "request__story", "contact_point").first()


def remember_link(response: HttpResponse, token: str) -> None:
    """Keep the link in a cookie that no script sees."""
    _set(response, COOKIE, token)


def remember_proof(response: HttpResponse, proof: AccountProof) -> None:
    """Keep which address this browser asked a code for; nobody else's browser goes on with it."""
    _set(response, PROOF_COOKIE, signing.dumps(proof.pk, salt=SALT))


def forget_proof(response: HttpResponse) -> None:
    """This browser has nothing to go on with."""
    response.delete_cookie(PROOF_COOKIE, path=str(PATH))


def shut(response: HttpResponse) -> HttpResponse:
    """Nobody keeps this page. The token is not in its address, so a form on it may say where it comes from."""
    response.headers["Cache-Control"] = "no-store"
    return response


def words_of(visit: Visit, **fields: Any) -> AuthorWords:
    """The texts of the visit's pages: nothing of the author is in them but what their post says."""
    asked = visit.request
    usual = {
        "practice": asked.practice.name,
        "phone": asked.practice.phone,
        "asker": asked.owner.name,
        "day": asked.story.posted_on,
        "handle": asked.story.handle,
    }
    return AuthorWords(visit.language, **(usual | fields))


def sentence(request: HttpRequest, visit: Visit, key: str, *, status: int = 200) -> HttpResponse:
    """A page of one heading and one sentence."""
    words = words_of(visit)
    page = {"t": words, "heading": words[key], "lead": words[f"{key}_lead"]}
    return shut(render(request, "community/author/sentence.html", page, status=status))


def closed(request: HttpRequest) -> HttpResponse:
    """One page for every link that leads nowhere, in both languages. Which reason it was is nobody's business."""
    pages = [AuthorWords(language) for language in LANGUAGES]
    page = {"t": pages[0], "languages": pages}
    return shut(render(request, "community/author/closed.html", page, status=404))


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=COOKIE_FOR,
        path=str(PATH),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
