"""Third parties that may get a post, and their agreements."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..actions import (
    AgreementEndsFirst,
    AlreadyEnded,
    NameTaken,
    add_recipient,
    change_recipient,
    end_recipient,
    return_recipient,
)
from ..doors import MemberRequest, requires
from ..forms import AgreementForm, EndRecipientForm, RecipientForm
from ..models import Recipient
from ..queries import day_begins, today_at


@requires("recipient.manage")
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponse:
    """Add a third party (45 CFR 164.504(e); R66)."""
    form = RecipientForm(request.POST or None)
    if form.is_valid():
        try:
            one = add_recipient(
                practice=request.practice, **form.cleaned_data, by=request.by, at=timezone.now()
            )
        except NameTaken as refusal:
            form.add_error("name", str(refusal))
        except AgreementEndsFirst as refusal:
            form.add_error("agreement_until", str(refusal))
        else:
            messages.success(request, f"{one.name} is on the list.")
            return redirect("access:practice", request.practice.slug)
    return render(request, "access/add_recipient.html", {"form": form})


@requires("recipient.manage")
@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Record a third party's agreement, or that it ended."""
    one = get_object_or_404(Recipient, pk=pk, practice=request.practice, ended_at=None)
    form = AgreementForm(request.POST or None, recipient=one)
    if form.is_valid():
        try:
            change_recipient(recipient=one, **form.agreement(), by=request.by, at=timezone.now())
        except AgreementEndsFirst as refusal:
            form.add_error("agreement_until", str(refusal))
        else:
            messages.success(request, f"{one.name} is saved.")
            return redirect("access:practice", request.practice.slug)
    return render(request, "access/change_recipient.html", {"form": form, "recipient": one})


@requires("recipient.manage")
@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a third party off the list: from that day the gate says no to it, agreement or not."""
    one = get_object_or_404(Recipient, pk=pk, practice=request.practice, ended_at=None)
    at = timezone.now()
    form = EndRecipientForm(request.POST or None, today=today_at(request.practice, at))
    if form.is_valid():
        began = day_begins(request.practice, form.cleaned_data["since"])
        try:
            end_recipient(recipient=one, ended_at=began, by=request.by, at=at)
        except AlreadyEnded as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{one.name} is off the list. It gets nothing any more.")
        return redirect("access:practice", request.practice.slug)
    return render(request, "access/end_recipient.html", {"form": form, "recipient": one})


@requires("recipient.manage")
@require_http_methods(["GET", "POST"])
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a third party back on the list, after asking once more."""
    one = get_object_or_404(Recipient, pk=pk, practice=request.practice, ended_at__isnull=False)
    if request.method == "POST":
        try:
            return_recipient(recipient=one, by=request.by, at=timezone.now())
        except NameTaken as refusal:
            messages.error(request, f"{refusal} It cannot be there twice.")
        else:
            messages.success(request, f"{one.name} is back on the list.")
        return redirect("access:practice", request.practice.slug)
    return render(request, "access/return_recipient.html", {"recipient": one})
