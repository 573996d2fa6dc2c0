"""Who is trained and has signed the policy; record a training, put a policy into effect, sign it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.models import Membership
from consent.access.queries import day_begins, today_at

from . import actions
from .actions import NeverEnds, VersionTaken
from .forms import PolicyForm, TrainingForm
from .models import PolicyAttestation
from .queries import members_shown, policy_in_force


@requires("workforce.view")
@require_safe
def members(request: MemberRequest) -> HttpResponse:
    """Every member with what they have and lack, and the policy in force (45 CFR 164.530(b), (i); R61, R62)."""
    at = timezone.now()
    shown = {"members": members_shown(request.practice, at), "policy": policy_in_force(request.practice, at)}
    return render(request, "workforce/members.html", shown)


@requires("training.record")
@require_http_methods(["GET", "POST"])
def record_training(request: MemberRequest, pk: int) -> HttpResponse:
    """Record that a member completed a privacy training."""
    members = Membership.objects.select_related("user")
    one = get_object_or_404(members, pk=pk, practice=request.practice, ended_at=None)
    at = timezone.now()
    form = TrainingForm(request.POST or None, today=today_at(request.practice, at))
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.record_training(
                practice=request.practice,
                user=one.user,
                course=said["course"],
                completed_at=day_begins(request.practice, said["completed_on"]),
                expires_at=day_begins(request.practice, said["counts_until"] + timedelta(days=1)),
                by=request.by,
                at=at,
            )
        except NeverEnds as refusal:
            form.add_error("counts_until", str(refusal))
        else:
            messages.success(request, f"{one.user.name}'s training is recorded.")
            return redirect("workforce:members", request.practice.slug)
    return render(request, "workforce/record_training.html", {"form": form, "one": one})


@requires("policy.sign")
@require_http_methods(["GET", "POST"])
def policy(request: MemberRequest) -> HttpResponse:
    """Read the policy in force, and sign it: one button, for oneself alone."""
    at = timezone.now()
    present = policy_in_force(request.practice, at)
    if request.method == "POST" and present is not None:
        if request.POST.get("policy") != str(present.pk):
            messages.error(request, "The policy has changed in the meantime. Read this version, and sign it.")
            return redirect("workforce:policy", request.practice.slug)
        actions.attest_policy(policy=present, user=request.user, by=request.by, at=at)
        messages.success(request, f"You signed version {present.version} of the policy.")
        return redirect("reports:home", request.practice.slug)
    signed = PolicyAttestation.objects.filter(policy=present, user=request.user).first() if present else None
    return render(request, "workforce/policy.html", {"policy": present, "signed": signed})


@requires("policy.adopt")
@require_http_methods(["GET", "POST"])
def adopt_policy(request: MemberRequest) -> HttpResponse:
    """Put a version of the policy into effect; everybody signs it anew."""
    at = timezone.now()
    present = policy_in_force(request.practice, at)
    text = present.text if present else ""
    form = PolicyForm(request.POST or None, today=today_at(request.practice, at), text=text)
    if form.is_valid():
        said = form.cleaned_data
        begins = day_begins(request.practice, said["effective_from"])
        try:
            actions.adopt_policy(
                practice=request.practice,
                version=said["version"],
                text=said["text"],
                effective_from=begins,
                by=request.by,
                at=at,
            )
        except VersionTaken as refusal:
            form.add_error("version", str(refusal))
        else:
            messages.success(request, f"Version {said['version']} is recorded. Everybody signs it anew.")
            return redirect("workforce:members", request.practice.slug)
    return render(request, "workforce/adopt_policy.html", {"form": form, "policy": present})
