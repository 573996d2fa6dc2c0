"""Stories: the list and the board, keeping one, its page, and what is done about it without asking anybody."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.queries import locations
from consent.access.searches import is_sent, searched_for, to_results
from consent.files.rules import disposition
from consent.files.store import read
from consent.media.rules import PictureRefused
from consent.wording.rules import PLATFORMS
from posts.planning.forms import COMPOSED

from .. import actions
from ..actions.keeping import SNAPSHOTS
from ..forms import BeginForm, KeepForm, SeenForm, chosen_from
from ..models import Snapshot, Story
from ..queries import newest_snapshot, story_of
from ..queries.boarding import story_board
from ..queries.pages import kept_already, pieces_of, story_shown
from ..rules import AddressRefused, found_at
from ..rules.reading import odd_letters


@requires("story.view")
@require_http_methods(["GET", "HEAD", "POST"])
def stories(request: MemberRequest) -> HttpResponse:
    """Every story, as a list or by step on a board."""
    if is_sent(request):
        return to_results(request)
    at, handle = timezone.now(), searched_for(request)
    chosen = chosen_from(request.GET, handle)
    context = {
        "board": story_board(request.practice, chosen, at),
        "chosen": chosen,
        "text": handle,
        "search": request.GET.get("s", ""),
        "as_board": request.GET.get("view") == "board",
        "narrowed": bool(chosen.step or chosen.owner or chosen.platform or handle),
    }
    return render(request, "community/stories.html", context)


@requires("story.keep")
@require_http_methods(["GET", "POST"])
def keep(request: MemberRequest) -> HttpResponse:
    """Keep a post that somebody found; a story that is here already is shown instead."""
    at = timezone.now()
    form = KeepForm(
        request.POST or None,
        request.FILES or None,
        locations=locations(request.practice),
        today=today_of(request, at),
    )
    there = None
    if form.is_valid():
        try:
            story = _kept(request, form, at)
        except actions.AlreadyKept as error:
            there = error.story
            form.add_error("address", str(error))
        except actions.StoryRefused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except PictureRefused as error:
            form.add_error("picture", str(error))
        else:
            messages.success(
                request, "Kept. It is no permission yet: say who is in it, or leave a kind sign."
            )
            return redirect("community:story", request.practice.slug, story.pk)
    context = {"form": form, "there": there, **_told(request, form.data if form.is_bound else {})}
    return render(request, "community/keep.html", context, status=422 if form.errors else 200)


@requires("story.keep")
@require_POST
def read_address(request: MemberRequest) -> HttpResponse:
    """What an address and a handle tell by themselves, while they are typed. Nothing is kept or fetched."""
    return render(request, "community/includes/told.html", _told(request, request.POST))


@requires("story.view")
@require_safe
def story(request: MemberRequest, pk: int) -> HttpResponse:
    """One story: what was seen, who is who, and what can be done."""
    return story_page(request, story_of(request.practice, pk))


@requires("story.view")
@require_safe
def snapshot(request: MemberRequest, pk: int) -> HttpResponse:
    """The picture of a snapshot, for members alone: kept as proof, and by no cache."""
    found = get_object_or_404(Snapshot.objects.exclude(picture_key=""), practice=request.practice, pk=pk)
    headers = {
        "Content-Disposition": disposition(found.picture_key),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(read(SNAPSHOTS, found.picture_key), content_type=found.media_type, headers=headers)


@requires("story.keep")
@require_POST
def leave_at_sign(request: MemberRequest, pk: int) -> HttpResponse:
    """It was liked, or answered with neutral words: made on the network, noted here."""
    found, sign = story_of(request.practice, pk), request.POST.get("sign", "")
    if sign not in Story.Sign.values:
        messages.error(request, "Choose the kind sign that you left.")
    else:
        actions.leave_at_sign(story=found, sign=sign, by=request.by, at=timezone.now())
        messages.success(request, f"Noted: {Story.Sign(sign).label.lower()}.")
    return redirect("community:story", request.practice.slug, pk)


@requires("story.keep")
@require_POST
def see_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep how the story looks now."""
    found = story_of(request.practice, pk)
    form = SeenForm(request.POST, request.FILES)
    if form.is_valid():
        seen = actions.Seen(text=form.cleaned_data["text"], picture=form.cleaned_data["picture"])
        try:
            kept = actions.see_again(story=found, seen=seen, by=request.by, at=timezone.now())
        except actions.StoryRefused as error:
            form.add_error(error.field, str(error))
        except PictureRefused as error:
            form.add_error("picture", str(error))
        else:
            before = newest_snapshot(found)
            same = before is not None and kept.pk == before.pk
            messages.success(
                request, "Nothing has changed." if same else "Kept, beside how it looked before."
            )
            return redirect("community:story", request.practice.slug, pk)
    return story_page(request, found, status=422, seen_form=form)


@requires("story.keep")
@require_POST
def note_gone(request: MemberRequest, pk: int) -> HttpResponse:
    """The original is not there any more."""
    actions.note_gone(story=story_of(request.practice, pk), by=request.by, at=timezone.now())
    messages.success(request, "Noted. Take it as a no: nothing that repeats it goes out.")
    return redirect("community:story", request.practice.slug, pk)


@requires("post.write")
@require_POST
def begin_post(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin the post that would share it, and go on in the composer."""
    found = story_of(request.practice, pk)
    form = BeginForm(request.POST, purposes=COMPOSED)
    if not form.is_valid():
        return story_page(request, found, status=422, begin_form=form)
    try:
        post = actions.begin_post_from(
            story=found, purpose=form.cleaned_data["purpose"], by=request.by, at=timezone.now()
        )
    except actions.StoryRefused as error:
        form.add_error(None, str(error))
        return story_page(request, found, status=422, begin_form=form)
    messages.success(request, "Begun, with the author’s words. Choose where it would go, and save it.")
    return redirect("planning:compose", request.practice.slug, post.pk)


def story_page(request: MemberRequest, found: Story, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one story."""
    shown = story_shown(found, timezone.now(), request.user)
    context = {
        "story": found,
        "shown": shown,
        "looks": pieces_of(found),
        "letters": odd_letters(found.handle),
        "seen_form": SeenForm(),
        "begin_form": BeginForm(purposes=COMPOSED),
    }
    return render(request, "community/story.html", context | more, status=status)


def today_of(request: MemberRequest, at: datetime) -> date:
    """The practice's day."""
    return at.astimezone(ZoneInfo(request.practice.time_zone)).date()


def _kept(request: MemberRequest, form: KeepForm, at: datetime) -> Story:
    data = form.cleaned_data
    return actions.keep_story(
        practice=request.practice,
        location=data["location"],
        found=form.found,
        handle=data["handle"],
        posted_on=data["posted_on"],
        language=data["language"],
        seen=actions.Seen(text=data["text"], picture=data["picture"]),
        by=request.by,
        at=at,
    )


def _told(request: MemberRequest, data: Any) -> dict[str, Any]:
    """What the page says of an address and a handle."""
    address, handle = data.get("address", "")[:1_000], data.get("handle", "")[:200]
    told: dict[str, Any] = {"found": None, "kept": None, "letters": odd_letters(handle), "handle": handle}
    if not address.strip():
        return told
    try:
        told["found"] = found_at(address)
    except AddressRefused as error:
        return told | {"refusal": str(error)}
    named = handle or told["found"].handle
    return told | {
        "kept": kept_already(request.practice, told["found"]),
        "letters": odd_letters(named),
        "network": PLATFORMS.get(told["found"].platform, ""),
    }
