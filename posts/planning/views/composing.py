"""The composer: write, see live what each channel would refuse and why, save, send for review."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires
from consent.access.queries import locations
from consent.access.searches import typed
from consent.media.models import Appearance
from consent.people.models import Connection
from consent.wording.rules import ELEMENTS, FORMATS, SENSITIVE_CATEGORIES, VISIBLE_ELEMENTS
from posts.channels.queries import open_accounts
from posts.clearance.actions import AlreadyAnsweredSuggestion, AlreadyWaiting, GateRefused, NothingToReview
from posts.clearance.actions import submit as submit_for_review
from posts.clearance.models import Suggestion
from posts.clearance.queries import open_suggestions
from posts.content.actions import PostChanged, PostDiscarded
from posts.content.models import Post, Version
from posts.content.rules import CAPTION_LIMIT, NOTHING_CLAIMED, ContentRefused
from posts.screening.actions import keep_own_words
from posts.screening.rules.ours import NotOurs

from ..actions import StillScheduled, WaitsForReview, save_post, take_suggestion
from ..forms import COMPOSED, draft_from, number_from, numbers_from
from ..queries import Desk, askers, cards, desk, draft_of, people_on_desk, people_to_mention, post_rows
from ..queries.desk import of_its_story
from ..queries.library import found_pictures
from ..rules import Draft, begun_with
from .mending import CLAIM_FIELDS, Gate, gate_of
from .stepping import stepped

# What words can tell; the others are seen or heard. A parent is named, too.
SAID = {key: words for key, words in ELEMENTS.items() if key not in VISIBLE_ELEMENTS or key == "parent"}
COMPOSED_FORMATS = {key: words for key, words in FORMATS.items() if key != "reply"}
PICKED_AT_ONCE = 24


@requires("post.write")
@require_http_methods(["GET", "POST"])
def compose(request: MemberRequest, pk: int) -> HttpResponse:
    """The composer. Saving keeps everything typed, or says which field cannot be kept and shows it all again."""
    post = writable_post(request, pk)
    if request.method != "POST":
        [row] = post_rows([post])
        if row.waiting:
            return redirect("planning:post", request.practice.slug, pk)
        draft = draft_of(post, _tab(request))
        chosen = numbers_from(request.GET.getlist("picture")[:PICKED_AT_ONCE])
        if chosen and not draft.versions:
            draft = _begun_with(request, draft, chosen)
            return composer_page(request, post, draft, row=row, unsaved=True)
        return composer_page(request, post, draft, row=row)
    draft = draft_from(request.POST)
    refused = saved(request, post, draft)
    if refused is not None:
        return refused
    messages.success(request, "Saved.")
    return back(request, pk, draft)


@requires("post.submit")
@require_POST
def submit(request: MemberRequest, pk: int) -> HttpResponse:
    """Save and send for review. The gate is asked first, and its answer is on the page."""
    post = writable_post(request, pk)
    draft = draft_from(request.POST)
    refused = saved(request, post, draft)
    if refused is not None:
        return refused
    try:
        submit_for_review(
            post=post, note=request.POST.get("note", "")[:1000], by=request.by, at=timezone.now()
        )
    except (GateRefused, NothingToReview) as error:
        messages.error(request, f"{error} Your text is saved.")
        return back(request, pk, draft)
    except AlreadyWaiting as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Sent for review. You will see here what comes of it.")
    return redirect("planning:post", request.practice.slug, pk)


@requires("post.write")
@require_POST
def ask_to_clear(request: MemberRequest, pk: int) -> HttpResponse:
    """Save, then write why a reason need not stop it: clearing is for exactly what is stored."""
    post = writable_post(request, pk)
    draft = draft_from(request.POST)
    refused = saved(request, post, draft)
    if refused is not None:
        return refused
    account, _, fingerprint = request.POST.get("clear", "").partition(":")
    versions = Version.objects.filter(post=post, dropped_at=None, account=number_from(account))
    version = versions.first()
    if version is None or not fingerprint:
        return back(request, pk, draft)
    return redirect("clearance:propose_clearing", request.practice.slug, version.pk, fingerprint)


@requires("own_words.manage")
@require_POST
def know_as_ours(request: MemberRequest, pk: int) -> HttpResponse:
    """Save, and know words that the screen stopped at as the practice's own. Who writes no posts saves none here."""
    post = writable_post(request, pk)
    if not request.can("post.write"):
        messages.error(request, "You do not write posts. Add the words under Practice, Your own words.")
        return redirect("planning:post", request.practice.slug, pk)
    draft = draft_from(request.POST)
    refused = saved(request, post, draft)
    if refused is not None:
        return refused
    account, _, finding = request.POST.get("ours", "").partition(":")
    version = desk_of(request, post, draft).version(number_from(account))
    seen = [said.sighting for said in version.answer.reasons if said.finding == finding] if version else []
    if not seen or seen[0] is None:
        messages.info(request, "The words were changed meanwhile. Look again.")
        return back(request, pk, draft)
    try:
        words = keep_own_words(
            practice=request.practice, text=seen[0].words, by=request.by, at=timezone.now()
        )
    except NotOurs as refusal:
        messages.error(request, f"{refusal} Your text is saved.")
    else:
        messages.success(
            request,
            f"“{words.text}” is known as yours from now on. You find it under Practice, Your own words.",
        )
    return back(request, pk, draft)


@requires("post.write")
@require_POST
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What the gate says of what is typed so far. Nothing is stored.

    Asked in the background, it answers with nothing while a picture is still being looked at.
    """
    post = writable_post(request, pk)
    context = _context(request, post, desk_of(request, post, draft_from(request.POST)))
    if context["looking"] and request.headers.get("X-Postern-Background"):
        return HttpResponse(status=204)
    return render(request, "planning/preview.html", context)


@requires("post.write")
@require_POST
def arrange(request: MemberRequest, pk: int) -> HttpResponse:
    """One step of the composer: a channel, picture or person in or out. Nothing is stored."""
    post = writable_post(request, pk)
    typed_so_far = of_its_story(post, draft_from(request.POST))
    draft, focus = stepped(post, typed_so_far, request.POST.get("do", ""))
    return arranged(request, post, draft, focus=focus)


def arranged(request: MemberRequest, post: Post, draft: Draft, **more: Any) -> HttpResponse:
    """The desk after a step, or the whole page where there is no script."""
    template = "planning/includes/desk.html" if request.headers.get("HX-Request") else "planning/compose.html"
    return render(request, template, _context(request, post, desk_of(request, post, draft)) | more)


@requires("post.write")
@require_POST
def find_person(request: MemberRequest) -> HttpResponse:
    """People to mention, by alias, with their badges (R54)."""
    account, author = _number(request, "account"), "author" in request.GET
    text = typed(request, "person-author" if author else f"person-{account}")
    found = people_to_mention(request.practice, text, timezone.now(), identify=request.can("person.identify"))
    context = {"found": found, "author": author, "account": account, "post": _number(request, "post")}
    return render(request, "planning/find_person.html", context)


@requires("post.write")
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: MemberRequest) -> HttpResponse:
    """Pictures to choose from, newest first; by POST those that are called like what was typed."""
    account = _number(request, "account")
    text = typed(request, f"pictures-{account}")
    found = list(found_pictures(request.practice, text)[: PICKED_AT_ONCE + 1])
    context = {
        "cards": cards(found[:PICKED_AT_ONCE], timezone.now()),
        "more": len(found) > PICKED_AT_ONCE,
        "account": account,
        "post": _number(request, "post"),
        "text": text,
    }
    template = "planning/includes/pick_grid.html" if request.method == "POST" else "planning/pick.html"
    return render(request, template, context)


def saved(
    request: MemberRequest, post: Post, draft: Draft, *, taking: Suggestion | None = None
) -> HttpResponse | None:
    """None once stored; otherwise the page with everything typed and a sentence about what is wrong.

    `taking` are other words that the draft holds already: they are answered with the same save.
    """
    at = timezone.now()
    found = desk(post, draft, at)
    try:
        if taking is not None:
            take_suggestion(suggestion=taking, desk=found, by=request.by, at=at)
        else:
            save_post(post=post, desk=found, by=request.by, at=at)
    except ContentRefused as error:
        return composer_page(request, post, draft, error=str(error), field=error.field, status=422)
    except (StillScheduled, WaitsForReview, PostDiscarded, AlreadyAnsweredSuggestion) as error:
        return composer_page(request, post, draft, error=str(error), status=409)
    except PostChanged as error:
        # Saving again is then a decision, not an accident.
        now = Post.objects.get(pk=post.pk).changed_at.isoformat()
        return composer_page(request, post, replace(draft, seen=now), error=str(error), status=409)
    return None


def desk_of(request: MemberRequest, post: Post, draft: Draft) -> Desk:
    """The desk for what was typed, as this member may know people (R54)."""
    return desk(post, draft, timezone.now(), identify=request.can("person.identify"))


def _begun_with(request: MemberRequest, draft: Draft, pictures: list[int]) -> Draft:
    """The draft with the pictures chosen in the library, on the channel looked at there, or the first that is open."""
    accounts = open_accounts(request.practice)
    account = accounts.filter(pk=_number(request, "on")).first() or accounts.first()
    return begun_with(draft, account.pk, pictures) if account else draft


def composer_page(
    request: MemberRequest, post: Post, draft: Draft, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The whole composer."""
    found = desk_of(request, post, draft)
    return render(request, "planning/compose.html", _context(request, post, found) | more, status=status)


def _context(request: MemberRequest, post: Post, found: Desk) -> dict[str, Any]:
    """What the desk and the gate panel show."""
    gates = [gate_of(request, version, found.called) for version in found.versions]
    return {
        "post": post,
        "desk": found,
        "suggestions": open_suggestions(post),
        "gates": gates,
        "looking": any(one.sights.asked for version in found.versions for one in version.pictures),
        "people": people_on_desk(found),
        "stopped": [gate for gate in gates if gate.state == "stopped"],
        "waiting": [gate for gate in gates if gate.state == "waiting"],
        "askers": askers(request.practice) if found.people else [],
        "purposes": COMPOSED,
        "formats": COMPOSED_FORMATS,
        "capacities": Appearance.Capacity.choices,
        "said_elements": SAID,
        "locations": locations(request.practice),
        "caption_limit": CAPTION_LIMIT,
        **_claims_context(found, gates),
    }


def _claims_context(found: Desk, gates: list[Gate]) -> dict[str, Any]:
    """What the section of claims shows; it lies open if something in it is filled or a reason points there."""
    claims = found.draft.claims
    pointed = {button.focus for gate in gates for line in gate.lines for button in line.buttons}
    filled = bool(claims.procedures or claims.results_notice or claims.unretouched)
    return {
        "claims_open": claims != NOTHING_CLAIMED or bool(pointed & CLAIM_FIELDS),
        "before_after": found.draft.purpose == "before_after" or filled,
        "ties": Connection.Kind.choices,
        "sensitive": SENSITIVE_CATEGORIES,
    }


def writable_post(request: MemberRequest, pk: int) -> Post:
    """A post of the practice that was not discarded."""
    rows = Post.objects.select_related("practice", "author").filter(discarded_at=None)
    return get_object_or_404(rows, practice=request.practice, pk=pk)


def back(request: MemberRequest, pk: int, draft: Draft) -> HttpResponse:
    """To the composer, on the tab that was open."""
    address = redirect("planning:compose", request.practice.slug, pk)
    address["Location"] += f"?tab={draft.tab}" if draft.tab else ""
    return address


def _tab(request: MemberRequest) -> int:
    return _number(request, "tab")


def _number(request: MemberRequest, name: str) -> int:
    """A number of the query string, 0 if there is none."""
    return number_from(request.GET.get(name, ""))
