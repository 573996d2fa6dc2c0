"""Searching: what was typed stays out of addresses, which end in logs, in histories and on other people's screens.

A search is sent by POST. Its text is kept in the session under a number, and its results stand at an address with that
number alone, so that *back* and *reload* show them again.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

FIELD, NUMBER = "q", "s"
LONGEST, KEPT = 150, 10
_IN_SESSION = "searches"


def typed(request: HttpRequest, field: str = FIELD) -> str:
    """What was typed into a search box; nobody types NUL, and PostgreSQL takes it for no text at all."""
    return request.POST.get(field, "").replace("\0", "").strip()[:LONGEST]


def is_sent(request: HttpRequest) -> bool:
    """Whether a whole page asks, not a part of one that is answered in place."""
    return request.method == "POST" and "HX-Request" not in request.headers


def to_results(request: HttpRequest) -> HttpResponse:
    """Keep what was typed and go to the results."""
    number = kept_number(request)
    return redirect(f"{request.path}?{NUMBER}={number}" if number else request.path)


def kept_number(request: HttpRequest) -> str:
    """Keep what was typed; the number under which it is found again, empty if nothing was typed."""
    text = typed(request)
    if not text:
        return ""
    kept = sorted(request.session.get(_IN_SESSION, {}).items(), key=lambda item: int(item[0]))
    number = str(int(kept[-1][0]) + 1 if kept else 1)
    request.session[_IN_SESSION] = dict([*kept[1 - KEPT :], (number, text)])
    return number


def searched_for(request: HttpRequest) -> str:
    """What this page is asked for: typed just now, or kept under the number of the address; empty if nothing."""
    if FIELD in request.POST:
        return typed(request)
    return str(request.session.get(_IN_SESSION, {}).get(request.GET.get(NUMBER, ""), ""))
