"""Two members look at the words that came from an author's account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires

from .. import actions
from ..queries.proofs import proof_of


@requires("repost.confirm")
@require_POST
def note_proof(request: MemberRequest, pk: int) -> HttpResponse:
    """I saw the words, in a message from this account."""
    proof = proof_of(request.practice, pk)
    handle = request.POST.get("handle", "").replace("\0", "")[:200]
    try:
        actions.note_proof(proof=proof, handle=handle, by=request.by, at=timezone.now())
    except actions.AskRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Noted. Another member looks at the message too, and confirms it.")
    return _back(request)


@requires("repost.confirm")
@require_POST
def confirm_proof(request: MemberRequest, pk: int) -> HttpResponse:
    """I saw them too: the licence goes to the address that the author gave."""
    proof = proof_of(request.practice, pk)
    try:
        actions.confirm_proof(proof=proof, by=request.by, at=timezone.now())
    except actions.AskRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Confirmed. The licence is on its way to the address that the author gave.")
    return _back(request)


def _back(request: MemberRequest) -> HttpResponse:
    """To the page of this practice that the button stood on."""
    home, page = f"/p/{request.practice.slug}/", request.POST.get("next", "")
    ours = page.startswith(home) and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return redirect(page if ours else home)
