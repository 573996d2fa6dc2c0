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

from ..queries import link_of_visit
from ..rules import VISIT

COOKIE = "postern_own_page"
SALT = "postern.portal.visit"
PATH = reverse_lazy("portal:page")


@dataclass(frozen=True)
class Visit:
    """Whose page, through which link, and whether the birth date was given during this visit."""

    link: HolderLink
    known: bool

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


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit that the cookie names, while it lasts and the link still stands."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=VISIT) or ""
    number, _, known = value.partition(":")
    link = link_of_visit(int(number), timezone.now()) if number.isdigit() else None
    return Visit(link, known == "1") if link else None


def closed(request: HttpRequest) -> HttpResponse:
    """One page for every link that opens nothing: which of the reasons it was is nobody's business."""
    return render(request, "portal/closed.html", status=404)


def for_visitors(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a view to whoever came in through a link that still stands; it is handed the `Visit`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visit = visit_of(request)
        return view(request, visit, *args, **kwargs) if visit else closed(request)

    return open_to_public(guarded)
