"""What a cut or covered copy of a picture no longer shows of whom, and taking that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires

from .. import actions
from ..forms import CutAwayForm
from ..models import Appearance, CutAway, Rendition


@requires("appearance.name")
@require_POST
def cut_away(request: MemberRequest, pk: int, look: int) -> HttpResponse:
    """Say that a copy shows some things of a person no longer, or nothing by which anybody knows them."""
    made = get_object_or_404(Rendition.objects.select_related("asset"), practice=request.practice, pk=pk)
    who = get_object_or_404(Appearance.objects.select_related("person"), practice=request.practice, pk=look)
    form = CutAwayForm(request.POST)
    told = form.cleaned_data if form.is_valid() else {}
    try:
        actions.say_cut_away(
            rendition=made,
            appearance=who,
            elements=told.get("elements", ()),
            wholly=bool(told.get("wholly")),
            by=request.by,
            at=timezone.now(),
        )
    except (
        actions.NothingShown,
        actions.NotRetouched,
        actions.CoverDoesNotCure,
        actions.AlreadyTakenOut,
    ) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Noted for this copy. Others of the picture still show {who.person}.")
    return redirect("media:asset", request.practice.slug, made.asset_id)


@requires("appearance.name")
@require_POST
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it back: the copy shows them after all."""
    cut = get_object_or_404(
        CutAway.objects.select_related("rendition__asset", "appearance__person"),
        practice=request.practice,
        pk=pk,
    )
    actions.show_after_all(cut=cut, by=request.by, at=timezone.now())
    messages.success(request, f"{cut.appearance.person} counts as shown in this copy again.")
    return redirect("media:asset", request.practice.slug, cut.rendition.asset_id)
