"""Serve a stored file to whoever holds its signed, short-lived address."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from consent.access.doors import open_to_public

from .rules import MEDIA_TYPES, disposition, suffix_in
from .store import AddressRefused, FileMissing, opened_address, read


@open_to_public
@require_safe
def file(request: HttpRequest, token: str) -> HttpResponse:
    """The file's bytes, kept by no cache. 403 for an address that is forged or too old, 404 for a file that is gone."""
    try:
        room, key = opened_address(token)
        data = read(room, key)
    except AddressRefused as error:
        raise PermissionDenied(str(error)) from error
    except FileMissing as error:
        raise Http404(str(error)) from error
    return HttpResponse(
        data,
        content_type=MEDIA_TYPES[suffix_in(key)],
        headers={
            "Cache-Control": "no-store, private",
            "Content-Disposition": disposition(key),
            "X-Content-Type-Options": "nosniff",
        },
    )
