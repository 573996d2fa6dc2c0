"""Third parties that may get a post, and their agreements."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..actions import AgreementEndsFirst, NameTaken, add_recipient, change_recipient
from ..doors import MemberRequest, requires
from ..forms import AgreementForm, RecipientForm
from ..models import Recipient


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
