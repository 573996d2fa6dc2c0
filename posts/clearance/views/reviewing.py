"""The review queue and one review: approve, send back, refuse, take back. Nobody decides on their own post."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.workforce.queries import qualifications
from posts.content.queries import whole_versions
from posts.content.rules import combined_digest

from .. import actions
from ..forms import DecideForm, FindingForm
from ..models import Review
from ..queries import (
    notes_about,
    open_suggestions,
    reviews_of,
    rulings,
    rulings_in_words,
    since_approval,
    waiting_reviews,
)

REFUSALS = (
    actions.NotYourOwn,
    actions.ChangedMeanwhile,
    actions.NotWaiting,
    actions.NotAttested,
    actions.CommentMissing,
    actions.NotQualified,
    actions.GateRefused,
)


@requires("review.view")
@require_safe
def queue(request: MemberRequest) -> HttpResponse:
    """What waits for review, the oldest first."""
    return render(request, "clearance/queue.html", {"reviews": waiting_reviews(request.practice)})


@requires("review.view")
@require_safe
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """The post as it will look, everyone in it, and what the gate says."""
    return review_page(request, review_of(request, pk))


@requires("post.approve")
@require_POST
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    """Approve exactly what was seen."""
    return _decided(
        request, pk, "Approved. It can be scheduled now.", actions.approve, "seen_digest", "attested"
    )


@requires("post.approve")
@require_POST
def send_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Back to its author, with a comment."""
    return _decided(request, pk, "Sent back to its author.", actions.send_back)


@requires("post.approve")
@require_POST
def refuse(request: MemberRequest, pk: int) -> HttpResponse:
    """No, with a comment."""
    return _decided(request, pk, "Refused.", actions.refuse)


@requires("post.submit")
@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a post back from review, to change it."""
    waiting = review_of(request, pk)
    try:
        actions.withdraw_review(review=waiting, by=request.by, at=timezone.now())
    except actions.NotWaiting as error:
        messages.error(request, str(error))
        return redirect("planning:post", request.practice.slug, waiting.post_id)
    messages.success(request, "It is yours again. Change it, and send it when it is ready.")
    return redirect("planning:compose", request.practice.slug, waiting.post_id)


def _decided(
    request: MemberRequest, pk: int, said: str, act: Callable[..., Review], *fields: str
) -> HttpResponse:
    """Run a decision; a refusal comes back on the page in a plain sentence, with the comment kept."""
    found = review_of(request, pk)
    form = DecideForm(request.POST)
    if not form.is_valid():
        told = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return review_page(request, found, error=told, form=form, status=422)
    wanted = {name: form.cleaned_data[name] for name in ("comment", *fields)}
    try:
        act(review=found, **wanted, by=request.by, at=timezone.now())
    except REFUSALS as error:
        return review_page(request, review_of(request, pk), error=str(error), form=form, status=409)
    messages.success(request, said)
    return redirect("clearance:queue", request.practice.slug)


def _missing(request: MemberRequest, at: datetime) -> tuple[str, ...]:
    """What the reviewer lacks to approve: training, or the signature under the policy (R61, R62)."""
    if not request.can("post.approve"):
        return ()
    return qualifications(request.practice, [request.user.pk], at)[request.user.pk].missing


def review_of(request: MemberRequest, pk: int) -> Review:
    """A review of the practice."""
    rows = Review.objects.select_related(
        "post__author", "post__origin_author", "post__location", "submitted_by", "decided_by"
    )
    return get_object_or_404(rows, practice=request.practice, pk=pk)


def review_page(request: MemberRequest, found: Review, *, status: int = 200, **more: Any) -> HttpResponse:
    """The review page, bound to the digest of what it shows."""
    at = timezone.now()
    versions = whole_versions(post=found.post)
    found_now = rulings(versions, at, final=False)
    said = rulings_in_words(request.practice, found_now, at, identify=request.can("person.identify"))
    digests = {one.facts.version: one.facts.digest for one in found_now}
    digest = combined_digest(list(digests.values()))
    own = request.user.pk in (found.post.author_id, found.submitted_by_id)
    context = {
        "review": found,
        "post": found.post,
        "shown": [(version, said.by_version[version.pk]) for version in versions],
        "said": said,
        "digest": digest,
        "changed": digest != found.digest,
        "own": own,
        "missing": () if own else _missing(request, at),
        "since": since_approval(versions, digests),
        "finding": FindingForm(versions=versions),
        "notes": notes_about(found.post),
        "suggestions": open_suggestions(found.post),
        "waits": found.outcome == Review.Outcome.WAITING,
        "reviews": [one for one in reviews_of(found.post) if one.pk != found.pk],
    }
    return render(request, "clearance/review.html", context | more, status=status)
