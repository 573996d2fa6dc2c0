"""Who is trained and has signed the policy; record a training, put a policy into effect; whose record is whose."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.models import Membership
from consent.access.queries import day_begins, today_at
from consent.people import actions as people_actions
from consent.people.actions import AlreadyJoined, LikelyDuplicate, OwnRecord
from consent.people.forms import kept
from consent.people.models import Person
from consent.people.queries import shown_name
from consent.wording.queries import draft_of
from consent.wording.rules import STAFF_POLICY
from consent.wording.views.activating import activation

from . import actions
from .actions import NeverEnds, VersionTaken
from .forms import JoinForm, PolicyForm, TrainingForm
from .models import Policy
from .queries import members_shown, policy_in_force, policy_versions, staff_records
from .rules import TYPO
from .texts import facts_of, policy_text


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
    one = _member(request, pk)
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


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def join_member(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which record is a member's own, or make one: then they can be asked for their release (R32)."""
    one = _member(request, pk)
    records = staff_records(request.practice)
    found = [(row.pk, shown_name(row, identify=request.can("person.identify"))) for row in records]
    form = JoinForm(request.POST or None, name=one.user.name, found=found)
    if form.is_valid() and (person := _own_record(request, form, records)):
        try:
            people_actions.join_member(person=person, user=one.user, by=request.by, at=timezone.now())
        except AlreadyJoined as refusal:
            form.add_error("record", str(refusal))
        else:
            messages.success(request, f"This is {one.user.name}'s own record.")
            return redirect("records:person", request.practice.slug, person.pk)
    return render(request, "workforce/join_member.html", {"form": form, "one": one})


@requires("person.edit")
@require_POST
def part_member(request: MemberRequest, pk: int) -> HttpResponse:
    """The record was another's: nothing of it is the member's any more."""
    one = _member(request, pk)
    for person in Person.objects.filter(practice=request.practice, user=one.user):
        try:
            people_actions.part_member(person=person, by=request.by, at=timezone.now())
        except OwnRecord as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"That record is not {one.user.name}'s any more.")
    return redirect("workforce:join_member", request.practice.slug, pk)


@requires("workforce.view")
@require_safe
def policies(request: MemberRequest) -> HttpResponse:
    """Every version of the policy: who signed it when, and who has yet to (R62)."""
    at = timezone.now()
    shown = {"versions": policy_versions(request.practice, at), "now": at}
    return render(request, "workforce/policies.html", shown)


@requires("policy.adopt")
@require_http_methods(["GET", "POST"])
def adopt_draft(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a draft of the policy into effect: checked as every form is, and from then on the policy's one text."""
    draft = draft_of(request.practice, pk)
    if draft.kind != STAFF_POLICY or draft.master_id is not None:
        raise Http404

    def onward(made: object) -> HttpResponse:
        assert isinstance(made, Policy)
        again = "Nobody signs anew." if made.change == TYPO else "Everybody signs it anew."
        messages.success(request, f"Version {made.version} is in effect from its day on. {again}")
        return redirect("workforce:policies", request.practice.slug)

    return activation(request, draft, actions.adopt_draft, onward)


@requires("policy.adopt")
@require_http_methods(["GET", "POST"])
def adopt_policy(request: MemberRequest) -> HttpResponse:
    """Put a version of the policy into effect; everybody signs it anew."""
    at = timezone.now()
    present = policy_in_force(request.practice, at)
    text = present.text or policy_text(present, facts_of(request.practice, "")).text if present else ""
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


def _member(request: MemberRequest, pk: int) -> Membership:
    members = Membership.objects.select_related("user")
    return get_object_or_404(members, pk=pk, practice=request.practice, ended_at=None)


def _own_record(request: MemberRequest, form: JoinForm, records: list[Person]) -> Person | None:
    """The chosen record, or the new one; None with the refusal on the form."""
    said = form.cleaned_data
    if not form.is_new:
        return next(row for row in records if str(row.pk) == said["record"])
    new = {name: said[name] for name in ("given", "family", "born")}
    try:
        return kept(form, lambda: people_actions.add_person(
            practice=request.practice, **new, relations=["staff"], by=request.by, at=timezone.now(),
        ))  # fmt: skip
    except LikelyDuplicate as there:
        form.add_error("record", f"{there} Find them under People, and note there that they work here.")
        return None
