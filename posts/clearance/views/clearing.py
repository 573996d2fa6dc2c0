"""Clearing a REVIEW reason: one writes why, a qualified other agrees, or says that it does identify someone (R46)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from posts.content.models import Version
from posts.content.queries import whole_version
from posts.screening.actions import keep_own_words
from posts.screening.rules.ours import NotOurs

from .. import actions
from ..models import Clearing, Review
from ..queries import Answer, clearing_named, may_confirm, rulings, rulings_in_words
from ..rules import Spoken


@requires("clearing.propose")
@require_http_methods(["GET", "POST"])
def propose_clearing(request: MemberRequest, pk: int, fingerprint: str) -> HttpResponse:
    """Write why a reason need not stop the post; a second person has to agree."""
    living = Version.objects.filter(dropped_at=None, post__discarded_at=None)
    version = whole_version(get_object_or_404(living, practice=request.practice, pk=pk).pk)
    answer = _answer(request, version)
    said = _said(answer, fingerprint)
    error, why = "", request.POST.get("why", "")
    if request.method == "POST":
        try:
            actions.propose_clearing(
                version=version, fingerprint=fingerprint, why=why, by=request.by, at=timezone.now()
            )
        except (actions.WhyMissing, actions.NeedsAnother) as problem:
            error = str(problem)
        except (actions.NothingToClear, actions.NotClearable) as problem:
            messages.error(request, str(problem))
            return redirect("planning:post", request.practice.slug, version.post_id)
        else:
            messages.success(request, "Asked. A second person has to agree before it can be approved.")
            return _to_post(request, version)
    if said is None or not said.clearable:
        messages.info(request, "Nothing is left to ask here: it was mended, asked, or has to be mended.")
        return redirect("planning:post", request.practice.slug, version.post_id)
    others = may_confirm(request.practice, {request.user.pk, version.post.author_id})
    context = {"proposing": True, "said": said, "others": others, "why": why, "error": error}
    return _page(request, version, answer, "Ask to clear it", status=422 if error else 200, **context)


@requires("own_words.manage")
@require_POST
def know_as_ours(request: MemberRequest, pk: int) -> HttpResponse:
    """Know words that the screen stopped at as the practice's own. No post is changed by it; each is read anew."""
    living = Version.objects.filter(dropped_at=None, post__discarded_at=None)
    version = whole_version(get_object_or_404(living, practice=request.practice, pk=pk).pk)
    finding = request.POST.get("finding", "")
    seen = [one.sighting for one in _answer(request, version).reasons if finding and one.finding == finding]
    if not seen or seen[0] is None or not seen[0].words:
        messages.info(request, "The words were changed meanwhile. Look again.")
        return _to_post(request, version)
    try:
        words = keep_own_words(
            practice=request.practice, text=seen[0].words, by=request.by, at=timezone.now()
        )
    except NotOurs as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"“{words.text}” is known as yours from now on. You find it under Practice."
        )
    return _to_post(request, version)


@requires("review.view")
@require_safe
def clearing(request: MemberRequest, pk: int) -> HttpResponse:
    """One proposal: what it is about, why, and the two answers."""
    return _clearing_page(request, _clearing(request, pk))


@requires("clearing.confirm")
@require_POST
def confirm_clearing(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree, as the second person."""
    return _answered(request, pk, actions.confirm_clearing, "Confirmed: it no longer stops the post.")


@requires("clearing.confirm")
@require_POST
def refuse_clearing(request: MemberRequest, pk: int) -> HttpResponse:
    """It does identify someone: the reason stands."""
    return _answered(request, pk, actions.refuse_clearing, "Noted: it stays stopped until it is changed.")


def _answered(request: MemberRequest, pk: int, act: Callable[..., Clearing], told: str) -> HttpResponse:
    """Answer a proposal, and go back to the review if one waits."""
    found = _clearing(request, pk)
    try:
        act(clearing=found, by=request.by, at=timezone.now())
    except (actions.NeedsAnother, actions.ConfirmerNotQualified, actions.AlreadyAnswered) as error:
        return _clearing_page(request, _clearing(request, pk), error=str(error), status=409)
    messages.success(request, told)
    review = _waiting_review(found.version)
    if review is not None:
        return redirect("clearance:review", request.practice.slug, review.pk)
    return redirect("clearance:clearing", request.practice.slug, pk)


def _waiting_review(version: Version) -> Review | None:
    """The review that waits for the version's post, if one does."""
    return Review.objects.filter(post=version.post_id, outcome=Review.Outcome.WAITING).first()


def _to_post(request: MemberRequest, version: Version) -> HttpResponse:
    """Back to the review that waits, for whoever sees reviews; otherwise to the post."""
    review = _waiting_review(version) if request.can("review.view") else None
    if review is not None:
        return redirect("clearance:review", request.practice.slug, review.pk)
    return redirect("planning:post", request.practice.slug, version.post_id)


def _clearing(request: MemberRequest, pk: int) -> Clearing:
    """A proposal of the practice."""
    found = clearing_named(request.practice, pk)
    if found is None:
        raise Http404
    return found


def _clearing_page(
    request: MemberRequest, found: Clearing, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a proposal; one for words that were changed since says so."""
    version = whole_version(found.version_id)
    answer = _answer(request, version)
    said = _said(answer, found.fingerprint)
    if said is not None and (said.asked is None or said.asked.number != found.pk):
        said = None
    heading = "Does it identify someone?"
    return _page(request, version, answer, heading, status=status, said=said, clearing=found, **more)


def _page(
    request: MemberRequest, version: Version, answer: Answer, heading: str, *, status: int, **more: Any
) -> HttpResponse:
    """The version as it will look, beside what is asked."""
    context = {"post": version.post, "version": version, "answer": answer, "heading": heading}
    return render(request, "clearance/clear.html", context | more, status=status)


def _answer(request: MemberRequest, version: Version) -> Answer:
    """What the gate says of the version, in words."""
    at = timezone.now()
    found = rulings([version], at, final=False)
    identify = request.can("person.identify")
    return rulings_in_words(request.practice, found, at, identify=identify).by_version[version.pk]


def _said(answer: Answer, fingerprint: str) -> Spoken | None:
    """The reason with this fingerprint, standing or cleared."""
    said = (*answer.reasons, *answer.cleared)
    return next((one for one in said if one.fingerprint == fingerprint), None)
