"""What is said about a post and never published: what identifies someone, notes, other words to take or leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires
from consent.access.rules import number_sent
from posts.content.models import Post
from posts.content.queries import whole_versions
from posts.content.rules import ContentRefused

from .. import actions
from ..forms import FindingForm
from ..models import Review
from .reviewing import review_of, review_page


@requires("finding.record")
@require_POST
def record_finding(request: MemberRequest, pk: int) -> HttpResponse:
    """Something here identifies a person: it stops the post until it is changed or two people clear it."""
    review = review_of(request, pk)
    form = FindingForm(request.POST, versions=whole_versions(post=review.post))
    if not form.is_valid():
        told = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return review_page(request, review, error=told, finding=form, status=422)
    actions.record_finding(**form.finding(), by=request.by, at=timezone.now())
    messages.success(request, "Noted. It stops the post until it is changed, or two people clear it.")
    return redirect("clearance:review", request.practice.slug, pk)


@requires("post.suggest")
@require_POST
def suggest(request: MemberRequest, pk: int) -> HttpResponse:
    """Other words for one channel; the author takes them or leaves them."""
    review = review_of(request, pk)
    text, number = request.POST.get("caption", ""), request.POST.get("version", "")
    version = next((one for one in whole_versions(post=review.post) if str(one.pk) == number), None)
    try:
        if version is None:
            raise actions.NothingSaid("Choose the channel whose words you would change.")
        actions.suggest(version=version, caption=text, by=request.by, at=timezone.now())
    except (actions.NothingSaid, ContentRefused) as error:
        more = {"typed_for": number, "typed_words": text}
        return review_page(request, review, error=str(error), status=422, **more)
    messages.success(request, "Suggested. Its author sees what would change, and takes it or leaves it.")
    return redirect("clearance:review", request.practice.slug, pk)


@requires("post.note")
@require_POST
def write_note(request: MemberRequest, pk: int) -> HttpResponse:
    """A note about a post, for colleagues; back to the page it was written on."""
    post = get_object_or_404(Post, practice=request.practice, pk=pk)
    try:
        actions.write_note(post=post, text=request.POST.get("text", ""), by=request.by, at=timezone.now())
    except actions.NothingSaid as error:
        messages.error(request, str(error))
    review = Review.objects.filter(post=post, pk=number_sent(request.POST.get("review", "")) or 0).first()
    if review is not None:
        return redirect("clearance:review", request.practice.slug, review.pk)
    return redirect("planning:post", request.practice.slug, pk)
