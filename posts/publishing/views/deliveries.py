"""The dated list of deliveries, one of them, and what people may do to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from posts.publishing.actions import InThePast, TooLateToChange
from posts.publishing.actions import cancel as cancel_delivery
from posts.publishing.actions import reschedule as reschedule_delivery
from posts.publishing.actions.settle import AddressMissing, BeingTakenDown, NotUnknown
from posts.publishing.actions.settle import settle as settle_delivery
from posts.publishing.actions.tasks import NotOut, ask_takedown
from posts.publishing.forms import AddressForm, PauseForm, RescheduleForm
from posts.publishing.models import Delivery
from posts.publishing.queries.pages import SHOWN, by_day, delivery_shown, listed
from posts.publishing.queries.worklists import (
    by_hand_due,
    deliveries_of,
    pauses_of,
    takedowns_owed,
    unknown_deliveries,
)

A_PAGE = 50


@requires("delivery.view")
@require_safe
def deliveries(request: MemberRequest) -> HttpResponse:
    """What goes out, is out, or was stopped, day by day."""
    show = request.GET.get("show", "coming")
    if show not in SHOWN:
        show = "coming"
    page = Paginator(listed(request.practice, show), A_PAGE).get_page(request.GET.get("page"))
    at = timezone.now()
    context = {
        "days": by_day(request.practice, page.object_list),
        "page": page,
        "show": show,
        "parts": [(key, label) for key, (label, _, _) in SHOWN.items()],
        "pauses": pauses_of(request.practice),
        "pause_form": PauseForm(),
        "by_hand": by_hand_due(request.practice, at),
        "owed": takedowns_owed(request.practice, at),
        "unknown": unknown_deliveries(request.practice),
    }
    return render(request, "publishing/deliveries.html", context)


@requires("delivery.view")
@require_safe
def delivery(request: MemberRequest, pk: int) -> HttpResponse:
    """One delivery and everything that happened to it."""
    return _page(request, _found(request, pk))


@requires("post.schedule")
@require_POST
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it out of the queue."""
    found = _found(request, pk)
    try:
        cancel_delivery(delivery=found, by=request.by, at=timezone.now())
    except TooLateToChange as error:
        return _page(request, found, error=str(error))
    messages.success(request, "Cancelled. It does not go out.")
    return redirect("publishing:delivery", request.practice.slug, pk)


@requires("post.schedule")
@require_POST
def reschedule(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose another time."""
    found = _found(request, pk)
    form = RescheduleForm(request.POST, practice=request.practice)
    if not form.is_valid():
        return _page(request, found, error=" ".join(map(str, form.errors["due_at"])))
    try:
        reschedule_delivery(
            delivery=found, due_at=form.cleaned_data["due_at"], by=request.by, at=timezone.now()
        )
    except (InThePast, TooLateToChange) as error:
        return _page(request, found, error=str(error))
    messages.success(request, "Moved. It is asked again at the last moment whether it may go out.")
    return redirect("publishing:delivery", request.practice.slug, pk)


@requires("delivery.settle")
@require_POST
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what became of a delivery of which nobody knows."""
    found = _found(request, pk)
    answer = request.POST.get("answer", "")
    if answer not in ("out", "again", "leave"):
        return _page(request, found, error="Choose one of the three answers.")
    form = AddressForm(request.POST)
    if answer == "out" and not form.is_valid():
        return _page(request, found, error="Paste the address where you saw it.")
    try:
        settle_delivery(
            delivery=found,
            answer=answer,
            address=form.cleaned_data["address"] if answer == "out" else "",
            by=request.by,
            at=timezone.now(),
        )
    except (NotUnknown, AddressMissing, BeingTakenDown) as error:
        return _page(request, found, error=str(error))
    messages.success(request, "Settled.")
    return redirect("publishing:delivery", request.practice.slug, pk)


@requires("takedown.do")
@require_POST
def take_down(request: MemberRequest, pk: int) -> HttpResponse:
    """Have something that is out taken down, for whatever reason."""
    found = _found(request, pk)
    try:
        ask_takedown(delivery=found, by=request.by, at=timezone.now())
    except NotOut as error:
        return _page(request, found, error=str(error))
    messages.success(request, "It is being taken down. This page says when it is gone.")
    return redirect("publishing:delivery", request.practice.slug, pk)


def _found(request: MemberRequest, pk: int) -> Delivery:
    return get_object_or_404(deliveries_of(request.practice), pk=pk)


def _page(request: MemberRequest, found: Delivery, error: str = "") -> HttpResponse:
    context = {
        "shown": delivery_shown(found, timezone.now()),
        "delivery": found,
        "form": RescheduleForm(practice=request.practice),
        "error": error,
    }
    return render(request, "publishing/delivery.html", context, status=422 if error else 200)
