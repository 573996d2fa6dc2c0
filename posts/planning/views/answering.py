"""Other words that a reviewer suggests: the author takes them into what they are writing, or leaves them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires
from posts.clearance import actions
from posts.clearance.models import Suggestion

from ..forms import draft_from
from ..rules import words_taken
from .composing import back, composer_page, saved, writable_post


@requires("post.write")
@require_POST
def answer_suggestion(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the words, which saves the whole desk with them; or leave them, which keeps what was typed on the page."""
    rows = Suggestion.objects.select_related("version__post")
    suggestion = get_object_or_404(rows, practice=request.practice, pk=pk)
    post = writable_post(request, suggestion.version.post_id)
    draft = draft_from(request.POST)
    if request.POST.get("accepted") != "1":
        try:
            actions.answer_suggestion(suggestion=suggestion, accepted=False, by=request.by, at=timezone.now())
        except actions.AlreadyAnsweredSuggestion as error:
            return composer_page(request, post, draft, error=str(error), status=409)
        messages.info(request, "Left as it was. What you typed is still here, not saved yet.")
        return composer_page(request, post, draft, unsaved=True)
    draft = words_taken(draft, suggestion.version.account_id, suggestion.caption)
    refused = saved(request, post, draft, taking=suggestion)
    if refused is not None:
        return refused
    messages.success(request, "Taken and saved. Send it for review again when it is ready.")
    return back(request, post.pk, draft)
