"""The pictures of the post that a form is for, in the hands that hold the form, and nowhere else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from consent.access.doors import open_to_public
from consent.files.store import FileAltered, FileMissing, read

from ..models import Ceremony
from ..showing import RENDITIONS, picture_shown
from .ways import in_hand


@open_to_public
@require_safe
@in_hand
def picture(request: HttpRequest, ceremony: Ceremony, *, sha256: str) -> HttpResponse:
    """One picture that the signer is shown. Raises Http404 for any other, and for one whose file is not whole."""
    found = picture_shown(ceremony, sha256)
    if found is None or ceremony.state != Ceremony.State.OPEN:
        raise Http404
    try:
        content = read(RENDITIONS, found["key"])
    except (FileMissing, FileAltered) as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=found["media_type"])
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
