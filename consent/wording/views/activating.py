"""Put a draft into use: what it still lacks stands on the page, and nothing with a gap gets through."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.access.queries import day_begins, today_at

from .. import actions
from ..actions import Translation, Version
from ..forms import ActivateForm
from ..models import Draft, Wording
from ..printed import LEAST_POINTS, print_flaws
from ..queries import draft_of, saves_of, wordings_of
from ..rules import (
    BAND_WORDS,
    KINDS,
    LANGUAGE_NAMES,
    STAFF_POLICY,
    band_of,
    flaws,
    next_version,
    translated_version,
)
from .drafting import shown_save

Made = TypeVar("Made")


@requires("wording.edit")
@require_http_methods(["GET", "POST"])
def activate(request: MemberRequest, pk: int) -> HttpResponse:
    """Check a draft as a whole, on paper too, and put it into use. A policy is put into effect with the team's."""
    one = draft_of(request.practice, pk)
    if one.kind == STAFF_POLICY and one.master_id is None:
        return redirect("workforce:adopt_draft", request.practice.slug, pk)
    return activation(request, one, actions.activate_draft, lambda made: _onward(request, made))


def activation(
    request: MemberRequest, one: Draft, act: Callable[..., Made], onward: Callable[[Made], HttpResponse]
) -> HttpResponse:
    """The page that checks a draft and puts it into use by `act`; `onward` is where to go afterwards."""
    at = timezone.now()
    if not one.is_open:
        messages.error(request, "This draft has ended: it was put into use or discarded.")
        return redirect("wording:list", request.practice.slug)
    save = saves_of(one)[0]
    content = save.form()
    small = print_flaws(content, request.practice)
    found = [*flaws(content), *small]
    today = today_at(request.practice, at)
    form = _form(request, one, today, is_hard=any(flaw.weight == "reading" for flaw in found))
    shown = shown_save(request) if request.method == "POST" else save.number
    page = {
        "draft": one,
        "kind": KINDS[one.kind],
        "language": LANGUAGE_NAMES.get(one.language, one.language),
        "form": form,
        "shown": shown,
        "flaws": found,
        "stops": [flaw for flaw in found if flaw.weight == "gap"],
        "band": BAND_WORDS.get(band_of(content), ""),
        "points": None if small else LEAST_POINTS,
    }
    if form.is_valid() and (made := _activated(request, one, shown, form, today, at, act)):
        return onward(made)
    status = 422 if form.is_bound else 200
    return render(request, "wording/activate.html", page, status=status)


def _form(request: MemberRequest, one: Draft, today: date, *, is_hard: bool) -> ActivateForm:
    earlier = wordings_of(request.practice).filter(template__kind=one.kind)
    taken = {row.version for row in earlier}
    of_language = {row.version for row in earlier if row.language == one.language}
    return ActivateForm(
        request.POST or None,
        draft=one,
        version=translated_version(one.master.version, of_language) if one.master else next_version(taken),
        today=today,
        is_next=any(row.translation_of_id is None for row in earlier),
        is_hard=is_hard,
    )


def _activated(
    request: MemberRequest,
    one: Draft,
    shown: int,
    form: ActivateForm,
    today: date,
    at: datetime,
    act: Callable[..., Made],
) -> Made | None:
    """What `act` made, or None with the refusal on the form."""
    said: dict[str, Any] = form.cleaned_data
    day = said["effective_from"]
    review = (
        Translation(said["translated_by"], said["reviewed_by"], said["reviewed_on"])
        if form.is_translation
        else None
    )
    version = Version(
        number=said["version"],
        effective_from=at if day == today else day_begins(request.practice, day),
        change=said.get("change", ""),
        translation=review,
        override=said.get("override", ""),
    )
    try:
        return act(draft=one, shown=shown, version=version, by=request.by, at=at)
    except actions.CannotActivate as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except (actions.NotReady, actions.DraftMoved, actions.DraftOver) as refusal:
        form.add_error(None, str(refusal))
    return None


def _onward(request: MemberRequest, made: Wording) -> HttpResponse:
    """After a change that matters to those who signed before comes the choice whom to ask again."""
    messages.success(request, f"{made.edition} is in use.")
    if made.change == Wording.Change.MATERIAL and made.translation_of_id is None:
        return redirect("records:signed_versions", request.practice.slug, made.pk)
    return redirect("wording:wording", request.practice.slug, made.pk)
