"""The list of posts, and one post with what comes next."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.queries import locations
from consent.access.searches import is_sent, searched_for, to_results
from posts.channels.queries import open_accounts
from posts.clearance.queries import (
    notes_about,
    open_suggestions,
    reviews_of,
    rulings,
    rulings_in_words,
    uploads_of,
)
from posts.content.actions import PostDiscarded, begin_post
from posts.content.models import Post
from posts.content.queries import whole_versions

from ..actions import StillScheduled, WaitsForReview, put_away
from ..forms import BeginForm
from ..queries import PostRow, may_be_asked, post_rows
from ..rules import local_text

POSTS_A_PAGE = 25


@requires("post.view")
@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: MemberRequest) -> HttpResponse:
    """Every post that was not discarded, the latest change first."""
    if is_sent(request):
        return to_results(request)
    rows = Post.objects.filter(practice=request.practice, discarded_at=None).select_related("author")
    text = searched_for(request)
    if text:
        rows = rows.filter(title__icontains=text)
    page = Paginator(rows.order_by("-changed_at", "-id"), POSTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": post_rows(list(page)),
        "text": text,
        "has_channel": open_accounts(request.practice).exists(),
    }
    return render(request, "planning/posts.html", context)


@requires("post.write")
@require_http_methods(["GET", "POST"])
def begin(request: MemberRequest) -> HttpResponse:
    """Begin a post: what it is about, and what for; with the pictures that its address names."""
    form = BeginForm(request.POST or None, locations=locations(request.practice))
    if form.is_valid():
        post = begin_post(practice=request.practice, **form.cleaned_data, by=request.by, at=timezone.now())
        address = redirect("planning:compose", request.practice.slug, post.pk)
        if request.GET.getlist("picture"):
            address["Location"] += f"?{request.GET.urlencode()}"
        return address
    return render(request, "planning/begin.html", {"form": form}, status=422 if form.errors else 200)


@requires("post.view")
@require_safe
def post(request: MemberRequest, pk: int) -> HttpResponse:
    """One post as it will look, what the gate says, and what comes next."""
    rows = Post.objects.select_related("practice", "author").filter(discarded_at=None)
    return post_page(request, get_object_or_404(rows, practice=request.practice, pk=pk))


def post_page(request: MemberRequest, post: Post, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one post."""
    at = timezone.now()
    [row] = post_rows([post])
    versions = whole_versions(post=post)
    found = rulings(versions, at, final=bool(row.approved))
    said = rulings_in_words(request.practice, found, at, identify=request.can("person.identify"))
    waiting = _to_schedule(row)
    context = {
        "post": post,
        "row": row,
        "shown": [(version, said.by_version[version.pk]) for version in versions],
        "said": said,
        "to_ask": may_be_asked(post) if request.can("post.write") else [],
        "reviews": reviews_of(post),
        "notes": notes_about(post),
        "suggestions": open_suggestions(post),
        "uploads": uploads_of(post),
        "repeats": bool(post.origin_url or post.origin_author_id or post.story),
        "to_schedule": [version for version in waiting if said.by_version[version.pk].verdict.allowed],
        "stopped": [version for version in waiting if not said.by_version[version.pk].verdict.allowed],
        "earliest": local_text(at, request.practice.time_zone),
    }
    return render(request, "planning/post.html", context | more, status=status)


def _to_schedule(row: PostRow) -> list[Any]:
    """The approved versions that are neither in the queue nor out."""
    taken = {
        one.version_id
        for one in row.deliveries
        if one.state in ("scheduled", "claimed", "sending", "unknown", "published")
    }
    return [version for version in row.versions if version.pk in row.approved and version.pk not in taken]


@requires("post.write")
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a post away for good."""
    post = get_object_or_404(Post, practice=request.practice, pk=pk)
    try:
        put_away(post=post, by=request.by, at=timezone.now())
    except (StillScheduled, WaitsForReview, PostDiscarded) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{post.title}” is discarded.")
    return redirect("planning:posts", request.practice.slug)
