"""What there is: every form and version with its standing, one version as it is signed, who reviewed a translation."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.models import Practice
from consent.access.queries import today_at

from .. import actions
from ..forms import ReviewForm
from ..models import Wording
from ..printed import blank
from ..queries import drafts_of, wording_of, wording_states, wordings_of
from ..rules import BAND_WORDS, KINDS, LANGUAGE_NAMES, STATES, band_of, rendered_sections


@requires("wording.view")
@require_safe
def wordings(request: MemberRequest) -> HttpResponse:
    """Every form and version, by kind, each with whether it may be offered now, and the drafts."""
    at = timezone.now()
    return render(request, "wording/list.html", {"kinds": _kinds(request.practice, at)})


def _kinds(practice: Practice, at: Any) -> list[dict[str, Any]]:
    """Each kind of form with its versions, what can be begun, and the drafts that are open."""
    rows, told = list(wordings_of(practice)), wording_states(practice, at)
    by_kind = {kind: list(group) for kind, group in groupby(rows, key=lambda row: row.template.kind)}
    drafts = list(drafts_of(practice))
    return [
        {
            "key": kind,
            "title": title,
            "rows": [
                {"row": row, "state": told[row.pk], "words": STATES[told[row.pk]]}
                for row in by_kind.get(kind, [])
            ],
            "drafts": [
                {"row": draft, "language": LANGUAGE_NAMES.get(draft.language, draft.language)}
                for draft in drafts
                if draft.kind == kind
            ],
            "begin": list(
                _beginnings(by_kind.get(kind, []), told, [d.language for d in drafts if d.kind == kind])
            ),
        }
        for kind, title in KINDS.items()
    ]


def _beginnings(rows: list[Wording], told: dict[int, str], busy: list[str]) -> Any:
    """What may be begun of a kind: its next version, a first one from the sample, and each missing translation."""
    current = [row for row in rows if told[row.pk] in ("offered", "later")]
    masters = [row for row in current if row.translation_of_id is None]
    if "en" not in busy and not any(row.language == "en" for row in masters):
        yield {"language": "en", "words": "Start from the English sample"}
    for master in masters:
        if master.language not in busy:
            words = f"Write the next {LANGUAGE_NAMES.get(master.language, master.language)} version"
            yield {"language": master.language, "start": master.pk, "words": words}
        for language, name in LANGUAGE_NAMES.items():
            of_language = [row for row in rows if row.language == language and row.translation_of_id]
            is_there = any(row.translation_of_id == master.pk for row in of_language)
            if language != master.language and language not in busy:
                start = of_language[0].pk if of_language else ""
                words = f"Correct the {name} translation" if is_there else f"Translate it into {name}"
                yield {"language": language, "master": master.pk, "start": start, "words": words}


@requires("wording.view")
@require_safe
def wording(request: MemberRequest, pk: int) -> HttpResponse:
    """One version, as it is shown before anybody has marked anything, and what is known about it."""
    return _wording_page(request, wording_of(request.practice, pk))


@requires("wording.edit")
@require_http_methods(["GET", "POST"])
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """Record who translated a form and which qualified person reviewed it (R95)."""
    row, at = wording_of(request.practice, pk), timezone.now()
    form = ReviewForm(request.POST or None, row=row, today=today_at(request.practice, at))
    if form.is_valid():
        try:
            actions.review_translation(wording=row, **form.cleaned_data, by=request.by, at=at)
        except (actions.NotATranslation, actions.AlreadyOffered) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The review is recorded.")
            return redirect("wording:wording", request.practice.slug, pk)
    return render(request, "wording/review.html", {"row": row, "form": form})


@requires("wording.edit")
@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop offering a version; what was signed on it stays."""
    row = wording_of(request.practice, pk)
    actions.withdraw_wording(wording=row, by=request.by, at=timezone.now())
    messages.success(request, f"{row.edition} is not offered any more. What was signed on it stays as it is.")
    return redirect("wording:wording", request.practice.slug, pk)


def _wording_page(request: MemberRequest, row: Wording) -> HttpResponse:
    form, state = row.form(), wording_states(request.practice, timezone.now()).get(row.pk, "withdrawn")
    page = {
        "row": row,
        "form": form,
        "sections": rendered_sections(form, blank(request.practice)),
        "state": state,
        "words": STATES[state],
        "band": BAND_WORDS.get(band_of(form), ""),
    }
    return render(request, "wording/wording.html", page)
