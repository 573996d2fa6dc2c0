"""Asking for a story: what for, in which words, and what came of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.signing.actions import PrepareRefused
from consent.signing.queries import last_privacy_notice
from posts.clearance.queries import rulings, rulings_in_words
from posts.content.queries import whole_versions

from .. import actions
from ..forms import AskForm, OwnerForm
from ..models import RepostRequest
from ..queries import request_of, request_rows, story_of
from ..queries.boarding import badge_of, who_may_ask
from ..queries.pages import asked_in_words, formats_of, papers_shown, platforms_of, posts_of, story_shown
from ..rules import public_text
from .stories import today_of

PROOF = "community/includes/proof.html"


@requires("repost.ask")
@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """What is asked of the author and of every patient in it; the papers are made ready."""
    story, at = story_of(request.practice, pk), timezone.now()
    posts = posts_of(story)
    form = AskForm(
        request.POST or None,
        posts=posts,
        platforms=platforms_of(posts),
        today=today_of(request, at),
        initial={
            "platforms": platforms_of(posts),
            "formats": formats_of(posts) or ["post"],
            "edits": ["as_it_is"],
            "lapse": 14,
            "privacy_notice": last_privacy_notice(request.practice),
        },
    )
    refusal = ""
    if form.is_valid():
        try:
            made = actions.begin_request(
                story=story, post=form.cleaned_data["post"], terms=form.terms(), by=request.by, at=at
            )
        except (actions.AskRefused, PrepareRefused) as error:
            refusal = str(error)
        else:
            messages.success(request, "The papers are ready. Now make the link, and send the words.")
            return redirect("community:words", request.practice.slug, made.pk)
    context = {
        "story": story,
        "form": form,
        "posts": posts,
        "refusal": refusal,
        "shown": story_shown(story, at, request.user),
    }
    return render(request, "community/ask.html", context, status=422 if refusal or form.errors else 200)


@requires("repost.ask")
@never_cache
@require_http_methods(["GET", "POST"])
def words(request: MemberRequest, pk: int) -> HttpResponse:
    """The words to the author. The link in them is made by POST and shown this once: it is kept nowhere."""
    found, at = request_of(request.practice, pk), timezone.now()
    if request.method != "POST":
        return _words_page(request, found)
    try:
        token = actions.link_for_author(request=found, by=request.by, at=at)
    except actions.AskRefused as error:
        messages.error(request, str(error))
        return redirect("community:request", request.practice.slug, pk)
    link = f"{settings.ADDRESS}/story/{token}/"
    return _words_page(request, found, text=actions.standard_words(found, link))


@requires("repost.ask")
@never_cache
@require_POST
def say_sent(request: MemberRequest, pk: int) -> HttpResponse:
    """The words went out by hand: they are kept as they were sent, without the link."""
    found, text = request_of(request.practice, pk), request.POST.get("words", "")
    try:
        actions.say_sent(request=found, words=text, by=request.by, at=timezone.now())
    except actions.AskRefused as error:
        return _words_page(request, found, text=text, refusal=str(error), status=422)
    messages.success(request, "Noted, with the words. You are reminded if nobody opens the page.")
    return redirect("community:request", request.practice.slug, pk)


@requires("story.view")
@require_safe
def request_page(request: MemberRequest, pk: int) -> HttpResponse:
    """One request: how far it is, whose turn it is, and everything that happened."""
    return _page(request, request_of(request.practice, pk))


@requires("repost.ask")
@require_POST
def note_reply(request: MemberRequest, pk: int) -> HttpResponse:
    """What the author answered in public or in a message. A "yes" there is not sufficient (G79)."""
    found, text = request_of(request.practice, pk), request.POST.get("words", "")
    try:
        actions.note_reply(request=found, words=text, by=request.by, at=timezone.now())
    except actions.AskRefused as error:
        return _page(request, found, status=422, reply_refusal=str(error), reply_typed=text)
    messages.warning(
        request, "Noted. A yes there is not sufficient: only their own page counts. Send them the link again."
    )
    return redirect("community:request", request.practice.slug, pk)


@requires("repost.ask")
@require_POST
def call_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask no more."""
    found = request_of(request.practice, pk)
    try:
        actions.call_off(request=found, by=request.by, at=timezone.now())
    except actions.AskRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Called off. The link opens nothing any more.")
    return redirect("community:request", request.practice.slug, pk)


@requires("repost.ask")
@require_POST
def give_to(request: MemberRequest, pk: int) -> HttpResponse:
    """A colleague looks after it from now on."""
    found = request_of(request.practice, pk)
    form = OwnerForm(request.POST, members=who_may_ask(request.practice))
    if not form.is_valid():
        return _page(request, found, status=422, owner_form=form)
    owner = form.cleaned_data["owner"]
    actions.give_to(request=found, owner=owner, by=request.by, at=timezone.now())
    messages.success(request, f"{owner.name} looks after it from now on.")
    return redirect("community:request", request.practice.slug, pk)


def _page(request: MemberRequest, found: RepostRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one request."""
    at = timezone.now()
    [row] = request_rows([found], at)
    context = {
        "asked": found,
        "row": row,
        "badge": badge_of(row.standing),
        "story": found.story,
        "papers": papers_shown(row),
        "terms": asked_in_words(found.asked),
        "events": list(found.events.all()),
        "owner_form": OwnerForm(members=who_may_ask(request.practice), owner=found.owner),
        "runs": found.ended_at is None and not row.is_over,
        "proof": _template_there(PROOF),
        **_of_the_post(request, found, at),
    }
    return render(request, "community/request.html", context | more, status=status)


def _of_the_post(request: MemberRequest, found: RepostRequest, at: datetime) -> dict[str, Any]:
    """The post and what the gate says of it, were it approved."""
    if found.post.discarded_at is not None:
        return {"verdicts": []}
    versions = whole_versions(post=found.post)
    said = rulings_in_words(request.practice, rulings(versions, at, final=False), at)
    return {"verdicts": [(version, said.by_version[version.pk]) for version in versions], "said": said}


def _words_page(
    request: MemberRequest,
    found: RepostRequest,
    *,
    text: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The words to send; without a link made just now, a button that makes one."""
    context = {
        "asked": found,
        "story": found.story,
        "text": text,
        "refusal": refusal,
        "public": public_text(found.language),
    }
    return render(request, "community/words.html", context, status=status)


def _template_there(name: str) -> bool:
    """Whether a template is there to be included."""
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
