"""Say who took a picture, how many in it nobody can name, and that someone is covered."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires

from .. import actions
from ..forms import CaptureForm, NameForm, UnnamedForm
from .page import page, picture_of


@requires("appearance.name")
@require_POST
def capture(request: MemberRequest, pk: int) -> HttpResponse:
    """Say who held the camera, when, and what allowed it (R40)."""
    picture = picture_of(request, pk)
    form = CaptureForm(request.POST, asset=picture)
    if not form.is_valid():
        return page(request, picture, NameForm(practice=request.practice), capture=form)
    try:
        actions.say_who_took_it(asset=picture, **form.cleaned_data, by=request.by, at=timezone.now())
    except actions.SaidMeanwhile as refusal:
        now = picture_of(request, pk)
        _shown_anew(request, form, refusal, str(now.capture))
        return page(request, now, NameForm(practice=request.practice), capture=form)
    messages.success(request, "It is noted who took it.")
    return redirect("media:asset", request.practice.slug, pk)


@requires("appearance.name")
@require_POST
def unnamed(request: MemberRequest, pk: int) -> HttpResponse:
    """Say how many people in it nobody can name (R33)."""
    picture = picture_of(request, pk)
    form = UnnamedForm(request.POST, asset=picture)
    if not form.is_valid():
        return page(request, picture, NameForm(practice=request.practice), unnamed=form)
    try:
        actions.count_unnamed(asset=picture, **form.cleaned_data, by=request.by, at=timezone.now())
    except actions.SaidMeanwhile as refusal:
        now = picture_of(request, pk)
        _shown_anew(request, form, refusal, str(now.unnamed))
        return page(request, now, NameForm(practice=request.practice), unnamed=form)
    messages.success(request, "The number is noted.")
    return redirect("media:asset", request.practice.slug, pk)


def _shown_anew(request: MemberRequest, form: forms.Form, refusal: actions.SaidMeanwhile, now: str) -> None:
    """The form with why it was refused; sent once more, it is a decision and no accident."""
    again = request.POST.copy()
    again["seen"] = now
    form.data = again
    form.add_error(refusal.field, str(refusal))


@requires("appearance.name")
@require_POST
def cover(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that someone in it is covered (R39)."""
    actions.cover_someone(asset=picture_of(request, pk), by=request.by, at=timezone.now())
    messages.success(request, "Someone in it is covered. If that is wrong, take it back in the list.")
    return redirect("media:asset", request.practice.slug, pk)
