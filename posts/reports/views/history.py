"""The ledger as a timeline: all of it, one person's, one post's; verified and exported on demand."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.models import Practice
from consent.access.searches import FIELD, NUMBER, kept_number, searched_for
from consent.audit.checkpoints import latest_checkpoints
from consent.audit.export import exported_lines
from consent.audit.models import ChainHead
from consent.audit.rules import practice_chain
from consent.audit.verify import verify_chain
from consent.people.actions import note_viewing
from consent.people.queries import person_of, shown_name
from posts.content.models import Post

from ..forms import HistoryForm
from ..queries.history import Filters, timeline, timeline_of_person, timeline_of_post

LONGEST_NUMBER = 15
CHECKED = "ledger_checked"
AT_ONCE = 500_000  # entries that are verified while somebody waits: some seconds


@requires("ledger.view")
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: MemberRequest) -> HttpResponse:
    """Everything that happened here, newest first. Whose name was typed stays out of the address."""
    if request.method == "POST":
        return _asked(request)
    asked = request.GET.copy()
    asked[FIELD] = searched_for(request)
    form = HistoryForm(asked, practice=request.practice, find_people=request.can("person.find"))
    filters = form.filters() if form.is_valid() else Filters()
    found = timeline(request.membership, filters, _before(request))
    context = {"form": form, "timeline": found, "older": _older(request, found.older), **_chain(request)}
    return render(request, "reports/history.html", context)


def _asked(request: MemberRequest) -> HttpResponse:
    """To the entries that were asked for, at an address that names nobody."""
    asked = {name: request.POST.get(name, "") for name in ("post", "group", "since", "until")}
    asked |= {NUMBER: kept_number(request)}
    told = urlencode({name: value for name, value in asked.items() if value}, errors="replace")
    return redirect(f"{request.path}?{told}" if told else request.path)


@requires("person.identify")
@require_safe
def person_history(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything that happened about one person. Reading it is noted too (45 CFR 164.312(b))."""
    person = person_of(request.practice, pk)
    note_viewing(person=person, page="history", by=request.by, at=timezone.now())
    found = timeline_of_person(request.membership, person, _before(request))
    name = shown_name(person, identify=True)
    context = {"name": name, "person": person, "timeline": found, "older": _older(request, found.older)}
    return render(request, "reports/person_history.html", context)


@requires("post.view")
@require_safe
def post_history(request: MemberRequest, pk: int) -> HttpResponse:
    """Every step of one post: who, when."""
    post = get_object_or_404(Post, practice=request.practice, pk=pk)
    found = timeline_of_post(request.membership, post, _before(request))
    context = {"post": post, "timeline": found, "older": _older(request, found.older)}
    return render(request, "reports/post_history.html", context)


@requires("ledger.view")
@require_POST
def verify_ledger(request: MemberRequest) -> HttpResponse:
    """Read the practice's chain from its first entry to its end, and say whether it is whole."""
    chain = practice_chain(request.practice.pk)
    head = ChainHead.objects.filter(chain=chain).first()
    if head and head.seq > AT_ONCE:
        messages.warning(
            request, f"{head.seq:,} entries take a while: run “python manage.py verify_ledger” on the server."
        )
        return redirect("reports:history", request.practice.slug)
    verdict = verify_chain(chain)
    request.session[CHECKED] = {
        "chain": chain,
        "at": timezone.now().isoformat(),
        "entries": verdict.entries,
        "broken": verdict.broken,
    }
    return redirect("reports:history", request.practice.slug)


@requires("ledger.export")
@require_safe
def export_ledger(request: MemberRequest) -> StreamingHttpResponse:
    """The practice's chain as JSON lines, to be verified away from here with ``consent/audit/offline.py``."""
    name = f"{request.practice.slug}-ledger.jsonl"
    return StreamingHttpResponse(
        exported_lines(practice_chain(request.practice.pk)),
        content_type="application/jsonl",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _before(request: MemberRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def _older(request: MemberRequest, seq: int | None) -> str:
    """The address of the next, older piece, with the same filters."""
    if seq is None:
        return ""
    kept = [(key, value) for key, value in request.GET.items() if key != "before" and value]
    return "?" + urlencode([*kept, ("before", seq)])


def _chain(request: MemberRequest) -> dict[str, Any]:
    """When the chain was last closed by a checkpoint, and what this member's own check said."""
    practice: Practice = request.practice
    chain = practice_chain(practice.pk)
    checked = request.session.get(CHECKED)
    if checked and checked["chain"] == chain:
        at = datetime.fromisoformat(checked["at"])
        checked = {**checked, "at": at, "just_now": timezone.now() - at < timedelta(minutes=1)}
    else:
        checked = None
    return {"checked": checked, "checkpoint": next(iter(latest_checkpoints(chain)), None)}
