"""Ask somebody to sign for exactly this post: what they will be shown is fixed now."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires
from consent.people.queries import person_of
from consent.signing.actions import ExhibitRefused
from posts.content.models import Post

from ..actions import ask_to_sign as make_ready


@requires("post.write")
@require_POST
def ask_to_sign(request: MemberRequest, pk: int, person: int) -> HttpResponse:
    """Fix what they will be shown; whoever prepares forms goes on to the form, others leave it to the front desk."""
    post = get_object_or_404(Post, practice=request.practice, discarded_at=None, pk=pk)
    asked = person_of(request.practice, person)
    try:
        exhibit = make_ready(post=post, person=asked, by=request.by, at=timezone.now())
    except ExhibitRefused as error:
        messages.error(request, str(error))
        return redirect("planning:post", request.practice.slug, pk)
    if request.can("consent.prepare"):
        form = reverse("signing:prepare", args=[request.practice.slug, asked.pk])
        kind = "&kind=author_licence" if post.origin_author_id == asked.pk else ""
        return redirect(f"{form}?exhibit={exhibit.pk}{kind}")
    messages.success(request, f"The front desk will ask {asked.alias} to sign exactly this post.")
    return redirect("planning:post", request.practice.slug, pk)
