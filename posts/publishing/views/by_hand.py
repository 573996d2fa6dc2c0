"""Posting by hand: take it, post it within ten minutes, say how it went."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from posts.channels.registry import capability_of
from posts.content.queries import payload_of
from posts.publishing.actions.by_hand import (
    NotByHand,
    NotDueYet,
    PausedNow,
    Taken,
    WindowClosed,
    claim_by_hand,
    let_go,
    post_now,
    tell_by_hand,
)
from posts.publishing.actions.settle import AddressMissing, BeingTakenDown, NotUnknown, settle
from posts.publishing.forms import AddressForm
from posts.publishing.models import Delivery
from posts.publishing.queries.pages import line_of, window_open
from posts.publishing.queries.parcels import parcel_of
from posts.publishing.queries.worklists import deliveries_of

STOP = "Stop. Do not post it."


@requires("delivery.by_hand")
@require_safe
def by_hand(request: MemberRequest, pk: int) -> HttpResponse:
    """Where this person is with this post."""
    return _page(request, _found(request, pk))


@requires("delivery.by_hand")
@require_POST
def claim(request: MemberRequest, pk: int) -> HttpResponse:
    """I will post it. Nothing is shown yet."""
    found = _found(request, pk)
    try:
        claim_by_hand(delivery=found, by=request.by, at=timezone.now())
    except (NotByHand, NotDueYet, PausedNow, Taken) as error:
        return _page(request, found, str(error))
    return _back(request, pk)


@requires("delivery.by_hand")
@require_POST
def post(request: MemberRequest, pk: int) -> HttpResponse:
    """Post it now: the gate is asked, then text and pictures are shown for ten minutes."""
    found = _found(request, pk)
    try:
        intent = post_now(delivery=found, by=request.by, at=timezone.now())
    except Taken as error:
        return _page(request, found, str(error))
    if intent is None:
        messages.error(request, f"{STOP} The gate says no, or publishing is paused.")
    return _back(request, pk)


@requires("delivery.by_hand")
@require_POST
def release(request: MemberRequest, pk: int) -> HttpResponse:
    """Give it back for someone else."""
    found = _found(request, pk)
    try:
        let_go(delivery=found, by=request.by, at=timezone.now())
    except Taken as error:
        return _page(request, found, str(error))
    return _back(request, pk)


@requires("delivery.by_hand")
@require_POST
def tell(request: MemberRequest, pk: int) -> HttpResponse:
    """It is out, at this address; or I did not. After the ten minutes the same answers settle what is not known."""
    found = _found(request, pk)
    posted = request.POST.get("posted") == "yes"
    form = AddressForm(request.POST)
    if posted and not form.is_valid():
        return _page(request, found, "Paste the address of the post, so that it can be found again.")
    address = form.cleaned_data["address"] if posted else ""
    at = timezone.now()
    try:
        if found.state == Delivery.State.UNKNOWN:
            settle(delivery=found, answer="out" if posted else "leave", address=address, by=request.by, at=at)
        else:
            _check_own(request, found)
            tell_by_hand(delivery=found, posted=posted, address=address, by=request.by, at=at)
    except (AddressMissing, WindowClosed, NotUnknown, BeingTakenDown, Taken) as error:
        return _page(request, found, str(error))
    messages.success(request, "Thank you. It is out." if posted else "Noted: it was not posted.")
    return redirect("publishing:delivery", request.practice.slug, pk)


@requires("delivery.by_hand")
@require_safe
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Asked every few seconds by the open page: may it still be posted?"""
    found = _found(request, pk)
    context = {"delivery": found, "open": window_open(found, timezone.now()), "polled": True}
    return render(request, "publishing/includes/stop.html", context)


@requires("delivery.by_hand")
@require_safe
def picture(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """A picture to post, while the window is open."""
    found = _found(request, pk)
    if not _is_own(request, found) or not window_open(found, timezone.now()) or found.version is None:
        raise Http404("The window is closed.")
    pictures = parcel_of(payload_of(found.version), "", ()).pictures
    if number >= len(pictures):
        raise Http404("There is no such picture.")
    kind = pictures[number].media_type
    name = f"picture-{number + 1}.{kind.rpartition('/')[2]}"
    return HttpResponse(
        pictures[number].read(),
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store, private",
        },
    )


def _found(request: MemberRequest, pk: int) -> Delivery:
    found = get_object_or_404(deliveries_of(request.practice), pk=pk)
    if not capability_of(found.account).by_hand:
        raise Http404("Postern publishes on this channel itself.")
    return found


def _is_own(request: MemberRequest, found: Delivery) -> bool:
    return found.owner == str(request.by)


def _check_own(request: MemberRequest, found: Delivery) -> None:
    if not _is_own(request, found):
        raise Taken("Someone else is posting this.")


def _back(request: MemberRequest, pk: int) -> HttpResponse:
    return redirect("publishing:by_hand", request.practice.slug, pk)


def _page(request: MemberRequest, found: Delivery, error: str = "") -> HttpResponse:
    at = timezone.now()
    own = _is_own(request, found)
    shows = own and window_open(found, at)
    context = {
        "delivery": found,
        "line": line_of(found),
        "own": own,
        "due": found.due_at <= at,
        "open": shows,
        # Text and pictures leave the server only while the window is open, and only to who opened it.
        "payload": payload_of(found.version) if shows and found.version else None,
        "form": AddressForm(),
        "error": error,
    }
    return render(request, "publishing/by_hand.html", context, status=422 if error else 200)
