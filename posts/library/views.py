"""The practice's approved replies: see, propose, approve, retire."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires
from posts.screening.rules.approved import house_replies

from . import actions
from .forms import CannedReplyForm
from .models import CannedReply
from .queries import canned_replies
from .rules import NotAReply

REFUSALS = (actions.TakesAnother, actions.NotQualified, actions.NotWaiting, NotAReply)


@requires("canned_reply.view")
@require_GET
def replies(request: MemberRequest) -> HttpResponse:
    """What may be sent to anybody: the practice's own replies and the house's."""
    shown = {"rows": canned_replies(request.practice), "house": house_replies(), "me": int(request.by.id)}
    return render(request, "library/replies.html", shown)


@requires("canned_reply.propose")
@require_http_methods(["GET", "POST"])
def propose(request: MemberRequest) -> HttpResponse:
    """A form for one more."""
    form = CannedReplyForm(request.POST or None)
    if form.is_valid():
        try:
            actions.propose_canned_reply(
                practice=request.practice, **form.cleaned_data, by=request.by, at=timezone.now()
            )
        except NotAReply as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Proposed. A colleague who is trained approves it.")
            return redirect("library:replies", request.practice.slug)
    return render(request, "library/propose.html", {"form": form})


@requires("canned_reply.confirm")
@require_POST
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Approve a proposed reply."""
    reply = get_object_or_404(CannedReply, practice=request.practice, pk=pk)
    try:
        actions.confirm_canned_reply(reply=reply, by=request.by, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Approved. These words may be sent to anybody from now on.")
    return redirect("library:replies", request.practice.slug)


@requires("canned_reply.retire")
@require_POST
def retire(request: MemberRequest, pk: int) -> HttpResponse:
    """These words clear themselves no longer."""
    reply = get_object_or_404(CannedReply, practice=request.practice, pk=pk)
    actions.retire_canned_reply(reply=reply, by=request.by, at=timezone.now())
    messages.success(request, "Retired. Replies with these words wait for two people again.")
    return redirect("library:replies", request.practice.slug)
