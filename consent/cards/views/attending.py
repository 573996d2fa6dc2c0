"""At the event: who has answered, whom to see in person, which card is whose, whom not to photograph."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.searches import is_sent, searched_for, to_results
from consent.signing.actions import HandOverRefused, PinRefused
from consent.signing.queries import witnesses
from consent.signing.rules import NotNow

from .. import actions
from ..forms import NoPhotoForm, SeeForm
from ..models import Card, Gathering, NoPhoto
from ..queries import card_of, cards_of, counts_of, gathering_of, no_photos_of, state_of, takes_guests
from ..rules import colour_of


@requires("event.view")
@require_http_methods(["GET", "HEAD", "POST"])
def gathering(request: MemberRequest, pk: int) -> HttpResponse:
    """The event's page; a first name finds its cards."""
    found = gathering_of(request.practice, pk)
    if is_sent(request):
        return to_results(request)
    return render(request, "cards/gathering.html", _shown(request, found) | {"form": NoPhotoForm()})


@requires("event.view")
@require_safe
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    """The counts and those who wait, asked for every few seconds; nothing new is answered with nothing."""
    found = gathering_of(request.practice, pk)
    page = _live(request, found)
    if request.GET.get("seen") == page["stamp"]:
        return HttpResponse(status=204)
    return render(request, "cards/live.html", page)


@requires("event.view")
@require_safe
def print_list(request: MemberRequest, pk: int) -> HttpResponse:
    """Cards by number and whom not to photograph, on paper for whoever takes pictures."""
    found = gathering_of(request.practice, pk)
    return render(request, "cards/list.html", _shown(request, found))


@requires("consent.prepare")
@require_http_methods(["GET", "HEAD", "POST"])
def see(request: MemberRequest, pk: int, card: int) -> HttpResponse:
    """Two members have this guest in front of them."""
    found = gathering_of(request.practice, pk)
    shown, at = card_of(found, card), timezone.now()
    colleagues = witnesses(request.practice, request.user, shown.ceremony.person)
    form = SeeForm(request.POST or None, witnesses=colleagues)
    if form.is_valid():
        try:
            actions.see_card(card=shown, by=request.by, at=at, **form.told())
        except actions.DigitsRefused as error:
            form.add_error("digits", str(error))
        except PinRefused as error:
            form.add_error("pin", str(error))
        except (HandOverRefused, NotNow) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Card {shown.number} was seen. The guest signs on their phone now.")
            return redirect("cards:gathering", practice=request.practice.slug, pk=pk)
    row = next((one for one in cards_of(found, at, identify=True) if one.card.pk == shown.pk), None)
    page = {"gathering": found, "row": row, "form": form, "colleagues": colleagues}
    return render(request, "cards/see.html", page, status=422 if form.errors else 200)


@requires("event.note")
@require_POST
def note_no_photo(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody said: please do not photograph me."""
    found = gathering_of(request.practice, pk)
    form = NoPhotoForm(request.POST)
    if form.is_valid():
        actions.note_no_photo(
            gathering=found, words=form.cleaned_data["words"], by=request.by, at=timezone.now()
        )
        messages.success(request, "Noted. Whoever takes pictures sees it on this page.")
        return redirect("cards:gathering", practice=request.practice.slug, pk=pk)
    return render(request, "cards/gathering.html", _shown(request, found) | {"form": form}, status=422)


@requires("event.note")
@require_POST
def remove_no_photo(request: MemberRequest, pk: int, wish: int) -> HttpResponse:
    """It was a mistake, or they said otherwise."""
    rows = NoPhoto.objects.select_related("gathering")
    found = get_object_or_404(rows, pk=wish, gathering=gathering_of(request.practice, pk))
    actions.remove_no_photo(wish=found, by=request.by, at=timezone.now())
    messages.success(request, "The note is deleted.")
    return redirect("cards:gathering", practice=request.practice.slug, pk=pk)


def _shown(request: MemberRequest, found: Gathering) -> dict[str, Any]:
    at, text = timezone.now(), searched_for(request)
    identify = request.can("person.identify")
    return {
        "rows": cards_of(found, at, identify=identify, text=text),
        "text": text,
        "no_photos": no_photos_of(found),
        "posters": found.posters.filter(ended_at=None).select_related("made_by"),
    } | _live(request, found)


def _live(request: MemberRequest, found: Gathering) -> dict[str, Any]:
    """What changes by itself: how many answered, and who waits to be seen, the longest first."""
    at = timezone.now()
    counts = counts_of(found, at)
    waiting = [one for one in _ready(found) if state_of(one.ceremony, at) == "waiting"]
    stamp = "-".join(
        str(number) for number in [one.number for one in counts] + [one.number for one in waiting]
    )
    return {
        "gathering": found,
        "takes_guests": takes_guests(found, at),
        "counts": counts,
        "waiting": [(one, colour_of(one.number)) for one in waiting],
        "stamp": stamp,
    }


def _ready(found: Gathering) -> list[Card]:
    rows = Card.objects.filter(gathering=found, ceremony__state="open", ceremony__step="sign")
    return list(rows.select_related("ceremony").order_by("ceremony__last_seen_at"))
