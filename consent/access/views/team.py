"""The team: who works here, as what, since when."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..actions import (
    AlreadyMember,
    LastOwner,
    RolesChanged,
    WorksElsewhere,
    add_member,
    change_roles,
    end_membership,
    help_with_password,
    help_with_second_factor,
)
from ..doors import MemberRequest, requires
from ..forms import MemberForm, RolesForm
from ..models import Membership
from ..queries import team, users_with_second_factor, works_elsewhere

form_page = require_http_methods(["GET", "POST"])


@requires("practice.view")
@require_safe
def members(request: MemberRequest) -> HttpResponse:
    """Everyone on the team, with their roles and what they still have to set up."""
    everyone = list(team(request.practice))
    return render(
        request,
        "access/members.html",
        {
            "living": [one for one in everyone if one.ended_at is None],
            "ended": [one for one in everyone if one.ended_at is not None],
            "secured": users_with_second_factor(request.practice),
        },
    )


@requires("member.manage")
@form_page
def add(request: MemberRequest) -> HttpResponse:
    """Let someone work here."""
    form = MemberForm(request.POST or None)
    if form.is_valid():
        try:
            membership = add_member(
                practice=request.practice, **form.cleaned_data, by=request.by, at=timezone.now()
            )
        except AlreadyMember as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"{membership.user.name} is on the team.")
            return redirect("access:member", request.practice.slug, membership.pk)
    return render(request, "access/add_member.html", {"form": form})


@requires("member.manage")
@form_page
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """One member: their roles, and what an owner can do for them."""
    membership = _living(request, pk)
    shown = {"roles": membership.roles, "seen": " ".join(membership.roles)}
    form = RolesForm(request.POST or None, initial=shown)
    if form.is_valid():
        told = form.cleaned_data
        try:
            change_roles(
                membership=membership,
                roles=told["roles"],
                seen=told["seen"].split() or None,
                by=request.by,
                at=timezone.now(),
            )
        except LastOwner as refusal:
            form.add_error("roles", str(refusal))
        except RolesChanged as refusal:
            # Saving again is then a decision, not an accident.
            again = request.POST.copy()
            again["seen"] = " ".join(refusal.now)
            form.data = again
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, f"{membership.user.name}'s roles are saved.")
            return redirect("access:members", request.practice.slug)
    elsewhere = works_elsewhere(membership)
    return render(request, "access/member.html", {"one": membership, "form": form, "elsewhere": elsewhere})


@requires("member.manage")
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Close the doors to a member."""
    membership = _living(request, pk)
    try:
        end_membership(membership=membership, by=request.by, at=timezone.now())
    except LastOwner as refusal:
        messages.error(request, str(refusal))
        return redirect("access:member", request.practice.slug, pk)
    messages.success(request, f"{membership.user.name} can no longer open anything here.")
    return redirect("access:members", request.practice.slug)


@requires("member.manage")
@require_POST
def link(request: MemberRequest, pk: int) -> HttpResponse:
    """Show, once, a link with which the member sets a password. It is kept nowhere, so it cannot be shown again."""
    membership = _living(request, pk)
    try:
        path = help_with_password(membership=membership, by=request.by, at=timezone.now())
    except WorksElsewhere as refusal:
        messages.error(request, str(refusal))
        return redirect("access:member", request.practice.slug, pk)
    address = settings.ADDRESS + path
    return render(request, "access/password_link.html", {"one": membership, "address": address})


@requires("member.manage")
@require_POST
def forget_factor(request: MemberRequest, pk: int) -> HttpResponse:
    """The member lost their phone: they set up a second factor again at their next sign-in."""
    membership = _living(request, pk)
    try:
        help_with_second_factor(membership=membership, by=request.by, at=timezone.now())
    except WorksElsewhere as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{membership.user.name} sets up a new second factor at the next sign-in.")
    return redirect("access:member", request.practice.slug, pk)


def _living(request: MemberRequest, pk: int) -> Membership:
    """The living membership `pk` of this practice, or 404."""
    living = Membership.objects.select_related("user", "practice")
    return get_object_or_404(living, pk=pk, practice=request.practice, ended_at=None)
