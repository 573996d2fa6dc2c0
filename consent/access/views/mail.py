"""Mail that could not be sent: what it was, why, and another try."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.outbox.actions import NotStuck, retry_mail
from consent.outbox.models import OutgoingMail
from consent.outbox.queries import stuck_mail

from ..doors import MemberRequest, requires


@requires("practice.view")
@require_safe
def stuck(request: MemberRequest) -> HttpResponse:
    """Every message of the practice that somebody has to look at. Neither recipient nor text is shown."""
    return render(request, "access/stuck_mail.html", {"stuck": stuck_mail(request.practice.pk)})


@requires("mail.retry")
@require_POST
def retry(request: MemberRequest, pk: int) -> HttpResponse:
    """Try one of them again."""
    mail = get_object_or_404(OutgoingMail, pk=pk, practice_id=request.practice.pk)
    try:
        retry_mail(mail=mail, by=request.by, at=timezone.now())
    except NotStuck as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "It is being sent again.")
    return redirect("access:stuck_mail", request.practice.slug)
