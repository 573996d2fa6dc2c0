"""The practice's own words: what the word screen need not stop."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires

from . import actions
from .forms import OwnWordsForm
from .models import OwnWords
from .queries import own_words
from .rules.ours import NotOurs


@requires("own_words.manage")
@require_http_methods(["GET", "POST"])
def own(request: MemberRequest) -> HttpResponse:
    """What is known as the practice's own, and a form to add to it."""
    form = OwnWordsForm(request.POST or None)
    if form.is_valid():
        try:
            words = actions.keep_own_words(
                practice=request.practice, text=form.cleaned_data["text"], by=request.by, at=timezone.now()
            )
        except NotOurs as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, f"“{words.text}” is known as yours.")
            return redirect("screening:own", request.practice.slug)
    return render(request, "screening/own.html", {"rows": own_words(request.practice), "form": form})


@requires("own_words.manage")
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """These words are no longer ours."""
    words = get_object_or_404(OwnWords, practice=request.practice, pk=pk)
    actions.end_own_words(words=words, by=request.by, at=timezone.now())
    messages.success(
        request, f"“{words.text}” is no longer known as yours. Posts that hold it are read anew."
    )
    return redirect("screening:own", request.practice.slug)
