"""When something breaks under a page: one plain sentence of what to do, and nothing of the inside."""

import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import bad_request, server_error

from consent.keys.ring import KeyMissing

RETRY_SECONDS = "30"
DATABASE_AWAY = {
    "heading": "The database cannot be reached",
    "sentence": "Wait a minute and go back. Look whether what you just did is there before you do it again.",
}
KEYS_AWAY = {
    "heading": "Something sealed cannot be opened",
    "sentence": "The key file is missing or was replaced. It has to come back from its backup.",
}


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a mistake of ours; one that says what is away, if it is the database or the keys."""
    return _what_is_away(sys.exception()) or server_error(request)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that makes no sense. A session that the database did not take looks like one."""
    return _what_is_away(exception) or bad_request(request, exception)


def _what_is_away(error: BaseException | None) -> HttpResponse | None:
    """The page that names what cannot be reached, or None if it is something else. Asks the database nothing."""
    for cause in _causes(error):
        if isinstance(cause, OperationalError | InterfaceError):
            return _unavailable(DATABASE_AWAY)
        if isinstance(cause, KeyMissing):
            return _unavailable(KEYS_AWAY)
    return None


def _unavailable(words: dict[str, str]) -> HttpResponse:
    page = render_to_string("503.html", words)
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_SECONDS})


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
