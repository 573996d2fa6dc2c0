"""A visit to one's own page: a short-lived signed cookie says whose link it began with, and whether they are known."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone

from consent.access.doors import open_to_public
from consent.audit.rules import Actor
from consent.people.models import Person
from consent.records.models import HolderLink

from ..queries import Opened, link_of_visit, may_know
from ..rules import VISIT
from ..texts import known_language

COOKIE = "postern_own_page"
LANGUAGE_COOKIE = "postern_own_language"
SALT = "postern.portal.visit"
PATH = reverse_lazy("portal:page")


@dataclass(frozen=True)
class Visit:
    """Whose page, through which link, in which language; and whether the birth date was given during this visit."""

    link: HolderLink
    known: bool
    may_know: bool
    language: str

    @property
    def person(self) -> Person:
        """Whose page it is."""
        return self.link.person

    @property
    def by(self) -> Actor:
        """Who acts: the person, or the representative who holds the link."""
        authority = self.link.representation
        return Actor("person", str(authority.representative_id if authority else self.link.person_id))

    @property
    def for_another(self) -> bool:
        """Whether a representative holds the link."""
        return self.link.representation_id is not None


def language_of(request: HttpRequest, link: HolderLink | None = None) -> str:
    """The language chosen on this device, else that of whoever holds the link, else the browser's first."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if link is not None:
        holder = link.representation.representative if link.representation else link.person
        return known_language(chosen, holder.language)
    accepted = request.headers.get("Accept-Language", "")
    return known_language(chosen, *(wish.split(";")[0].strip() for wish in accepted.split(",")))


def remember(response: HttpResponseBase, link: HolderLink, *, known: bool) -> None:
    """Begin the visit, or begin it anew as someone known."""
    response.set_signed_cookie(
        COOKIE,
        f"{link.pk}:{int(known)}",
        salt=SALT,
        max_age=int(VISIT.total_seconds()),
        path=str(PATH),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponseBase) -> None:
    """End the visit."""
    response.delete_cookie(COOKIE, path=str(PATH), samesite="Strict")


def closed(request: HttpRequest, opened: Opened) -> HttpResponse:
    """One page for every link that opens nothing. Only a representative whose time is over is told so, and what to do.

    Which of the other reasons it was is nobody's business.
    """
    shown: dict[str, Any] = {"lang": language_of(request, opened.ended), "here": PATH, "over": opened.over}
    if opened.ended is not None:
        shown["practice"] = opened.ended.practice
    return render(request, "portal/over.html" if opened.over else "portal/closed.html", shown, status=404)


def for_visitors(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a view to whoever came in through a link that still stands; it is handed the `Visit`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=VISIT) or ""
        number, _, known = value.partition(":")
        opened = link_of_visit(int(number), timezone.now()) if number.isdigit() else Opened(None)
        link = opened.link
        if link is None:
            return closed(request, opened)
        allowed = may_know(link)
        visit = Visit(link, known == "1" and allowed, allowed, language_of(request, link))
        return view(request, visit, *args, **kwargs)

    return open_to_public(guarded)
