"""Writing a version: begin, save, look at it, go back, discard. What a page showed decides what it may write."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.rules import number_sent
from consent.evidence.render import RenderFailed
from consent.evidence.views import pdf_response

from .. import actions
from ..forms import DraftForm
from ..models import Draft, DraftSave, Wording
from ..printed import blank, paper
from ..queries import draft_of, drafts_of, saves_of, wording_of
from ..rules import BAND_WORDS, KINDS, LANGUAGE_NAMES, MERGE_FIELDS, band_of, flaws, rendered_sections

WIDTHS = {"tablet": "Tablet", "phone": "Phone"}


@requires("wording.edit")
@require_POST
def begin_draft(request: MemberRequest) -> HttpResponse:
    """Begin a version: from the sample, from the version in use, or as a translation."""
    kind, language = request.POST.get("kind", ""), request.POST.get("language", "")
    if kind not in KINDS or language not in LANGUAGE_NAMES:
        raise Http404
    try:
        draft = actions.begin_draft(
            practice=request.practice,
            kind=kind,
            language=language,
            start=_named(request, "start"),
            master=_named(request, "master"),
            by=request.by,
            at=timezone.now(),
        )
    except actions.CannotBegin as refusal:
        messages.error(request, str(refusal))
        standing = drafts_of(request.practice).filter(kind=kind, language=language).first()
        if standing is None:
            return redirect("wording:list", request.practice.slug)
        draft = standing
    return redirect("wording:draft", request.practice.slug, draft.pk)


def _named(request: MemberRequest, name: str) -> Wording | None:
    pk = number_sent(request.POST.get(name, ""))
    return wording_of(request.practice, pk) if pk is not None else None


@requires("wording.edit")
@require_http_methods(["GET", "POST"])
def draft(request: MemberRequest, pk: int) -> HttpResponse:
    """The text of a draft, and what it lacks. A save from a page that showed an older text writes nothing."""
    one = draft_of(request.practice, pk)
    saves = saves_of(one)
    if request.method != "POST":
        return _draft_page(request, one, saves, DraftForm(content=saves[0].content), saves[0].number)
    shown, do = shown_save(request), request.POST.get("do", "")
    form = DraftForm(request.POST, content=saves[0].content)
    if form.is_valid():
        try:
            actions.save_draft(
                draft=one, content=form.moved(do), shown=shown, by=request.by, at=timezone.now()
            )
        except (actions.DraftMoved, actions.DraftOver) as refusal:
            form.add_error(None, str(refusal))
            return _draft_page(request, one, saves, form, shown, status=409)
        except actions.DraftRefused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            return redirect(_after(request, one, do))
    return _draft_page(request, one, saves, form, shown, status=422)


def _after(request: MemberRequest, one: Draft, do: str) -> str:
    """Where to go after a save: to the check, or back to the part that was worked on."""
    door = "wording:activate" if do == "activate" else "wording:draft"
    address: str = redirect(door, request.practice.slug, one.pk)["Location"]
    move, _, number = do.partition("-")
    moves, place = {"add": 1, "up": -1, "down": 1, "remove": 0}, number_sent(number)
    if move in moves and place is not None:
        return f"{address}#part-{max(place + moves[move], 0)}"
    messages.success(request, "Saved.")
    return address


def _draft_page(
    request: MemberRequest, one: Draft, saves: list[DraftSave], form: DraftForm, shown: int, status: int = 200
) -> HttpResponse:
    content = saves[0].form()
    page = {
        "draft": one,
        "kind": KINDS[one.kind],
        "language": LANGUAGE_NAMES.get(one.language, one.language),
        "form": form,
        "shown": shown,
        "saves": saves,
        "flaws": flaws(content),
        "band": BAND_WORDS.get(band_of(content), ""),
        "merge_fields": sorted(MERGE_FIELDS),
    }
    return render(request, "wording/draft.html", page, status=status)


@requires("wording.edit")
@require_safe
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The draft as the signer reads it before signing, as wide as a tablet or a phone."""
    one = draft_of(request.practice, pk)
    content = saves_of(one)[0].form()
    width = request.GET.get("on", "")
    page: dict[str, Any] = {
        "draft": one,
        "form": content,
        "sections": rendered_sections(content, blank(request.practice)),
        "width": width if width in WIDTHS else "tablet",
        "widths": WIDTHS,
    }
    return render(request, "wording/preview.html", page)


@requires("wording.edit")
@require_safe
def draft_paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The draft as it is printed."""
    one = draft_of(request.practice, pk)
    return _printed(request, saves_of(one)[0].form(), f"draft-{pk}.pdf")


@requires("wording.view")
@require_safe
def wording_paper(request: MemberRequest, pk: int) -> HttpResponse:
    """A version as it is printed, for nobody in particular."""
    return _printed(request, wording_of(request.practice, pk).form(), f"form-{pk}.pdf")


def _printed(request: MemberRequest, content: Any, name: str) -> HttpResponse:
    try:
        return pdf_response(paper(content, request.practice), name)
    except RenderFailed as failure:
        return render(request, "signing/no_document.html", {"sentence": str(failure)}, status=503)


@requires("wording.edit")
@require_POST
def restore_draft(request: MemberRequest, pk: int) -> HttpResponse:
    """Go back to an earlier save."""
    one = draft_of(request.practice, pk)
    try:
        actions.restore_draft(
            draft=one,
            number=number_sent(request.POST.get("number", "")) or 0,
            shown=shown_save(request),
            by=request.by,
            at=timezone.now(),
        )
    except DraftSave.DoesNotExist as missing:
        raise Http404 from missing
    except (actions.DraftMoved, actions.DraftOver) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "That text is back. What you had is kept among the earlier saves.")
    return redirect("wording:draft", request.practice.slug, pk)


@requires("wording.edit")
@require_POST
def discard_draft(request: MemberRequest, pk: int) -> HttpResponse:
    """End a draft; its saves are kept."""
    one = draft_of(request.practice, pk)
    try:
        actions.discard_draft(draft=one, shown=shown_save(request), by=request.by, at=timezone.now())
    except (actions.DraftMoved, actions.DraftOver) as refusal:
        messages.error(request, str(refusal))
        return redirect("wording:draft", request.practice.slug, pk)
    messages.success(request, "The draft is discarded. What was saved is kept.")
    return redirect("wording:list", request.practice.slug)


def shown_save(request: MemberRequest) -> int:
    """The save that the page had shown; 0 is none."""
    return number_sent(request.POST.get("shown", "")) or 0
