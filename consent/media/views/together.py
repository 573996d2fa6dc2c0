"""Pictures that came in together: which upload a form belongs to, and undoing one."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires

from .. import actions
from ..forms import AddPicturesForm
from ..models import PictureUpload


def upload_of(request: MemberRequest, form: AddPicturesForm, at: datetime) -> PictureUpload | None:
    """The upload that these pictures are part of: begun before, or with them; none for one picture of no series."""
    told = form.cleaned_data
    mine = PictureUpload.objects.filter(
        practice=request.practice, begun_by=request.user, undone_at=None, pk=told["upload"] or 0
    ).first()
    if mine is not None:
        return mine
    if len(told["pictures"]) < 2 and not told["series"] and "together" not in request.POST:
        return None
    return actions.begin_upload(practice=request.practice, series=told["series"], by=request.by, at=at)


@requires("media.upload")
@require_POST
def undo_upload(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back all pictures of an upload of one's own."""
    upload = get_object_or_404(PictureUpload, practice=request.practice, begun_by=request.user, pk=pk)
    try:
        number = actions.undo_upload(upload=upload, by=request.by, at=timezone.now())
    except actions.UploadStays as refusal:
        messages.error(request, str(refusal))
    else:
        pictures = "The picture is" if number == 1 else f"All {number} pictures are"
        messages.success(request, f"Undone. {pictures} taken back, and the files are deleted.")
    return redirect("planning:library", request.practice.slug)
