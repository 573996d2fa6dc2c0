"""Takedowns: the tasks, one of them, done with proof."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from posts.publishing.actions.tasks import MayStillCome, NotATask, ProofMissing, finish_by_hand
from posts.publishing.forms import ProofForm
from posts.publishing.models import Takedown
from posts.publishing.queries.pages import line_of
from posts.publishing.queries.worklists import takedowns_owed, takedowns_running


@requires("delivery.view")
@require_safe
def takedowns(request: MemberRequest) -> HttpResponse:
    """What a person must take down, and what is on its way out by itself."""
    at = timezone.now()
    context = {
        "owed": [(task, line_of(task.delivery)) for task in takedowns_owed(request.practice, at)],
        "running": [(task, line_of(task.delivery)) for task in takedowns_running(request.practice)],
        "at": at,
    }
    return render(request, "publishing/takedowns.html", context)


@requires("delivery.view")
@require_safe
def takedown(request: MemberRequest, pk: int) -> HttpResponse:
    """One takedown: where it is, until when, and what was tried."""
    return _page(request, _found(request, pk), ProofForm())


@requires("takedown.do")
@require_POST
def finish(request: MemberRequest, pk: int) -> HttpResponse:
    """A person removed it and looked."""
    found = _found(request, pk)
    form = ProofForm(request.POST)
    if form.is_valid():
        try:
            finish_by_hand(takedown=found, proof=form.cleaned_data["proof"], by=request.by, at=timezone.now())
        except (MayStillCome, NotATask, ProofMissing) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Thank you. It is noted, with your name.")
            return redirect("publishing:takedowns", request.practice.slug)
    return _page(request, found, form)


def _found(request: MemberRequest, pk: int) -> Takedown:
    rows = Takedown.objects.select_related(
        "delivery__version__post", "delivery__account", "delivery__found_publication", "done_by"
    )
    return get_object_or_404(rows, practice=request.practice, pk=pk)


def _page(request: MemberRequest, found: Takedown, form: ProofForm) -> HttpResponse:
    context = {"takedown": found, "line": line_of(found.delivery), "form": form}
    return render(request, "publishing/takedown.html", context, status=422 if form.errors else 200)
