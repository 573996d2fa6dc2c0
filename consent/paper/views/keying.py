"""Key what stands on the paper beside its scan, settle what two people read differently, say where the paper went."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.access.queries import today_at
from consent.signing.actions import HandOverRefused
from consent.signing.rules import NotNow
from consent.wording.rules import FilledForm

from .. import actions
from ..actions import KeyedByTheSame, NotSettled
from ..forms import KeyForm, OriginalForm
from ..models import Scan
from ..queries import keyings_of, may_key, read_keying, scan_of
from ..rules import FIRST, SECOND, differences
from .returning import about


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def key(request: MemberRequest, pk: int) -> HttpResponse:
    """Key the form. The second person does not see what the first one keyed."""
    scan = scan_of(request.practice, pk)
    if not may_key(scan, request.user):
        return _to_scan(request, scan)
    form = _form(request, scan)
    if form.is_valid():
        try:
            actions.key_form(scan=scan, keyed=form.keyed(), by=request.by, at=timezone.now())
        except (KeyedByTheSame, HandOverRefused, NotNow) as error:
            messages.error(request, str(error))
            return _to_scan(request, scan)
        return _after_keying(request, scan)
    shown = about(request, scan) | {"form": form}
    return render(request, "paper/key.html", shown, status=422 if form.errors else 200)


def _form(request: MemberRequest, scan: Scan) -> KeyForm:
    filled = FilledForm(**json.loads(scan.printing.filled))
    return KeyForm(request.POST or None, ceremony=scan.printing.ceremony, filled=filled)


def _after_keying(request: MemberRequest, scan: Scan) -> HttpResponse:
    """What the first hears, and the second: what differs, or that it is done."""
    there = keyings_of(scan)
    if SECOND not in there:
        messages.success(request, "Keyed. It counts once a colleague has keyed it as well, and it agrees.")
        return _to_scan(request, scan)
    if not hasattr(scan_of(request.practice, scan.pk), "comparison"):
        return redirect("paper:settle", request.practice.slug, scan.pk)
    messages.success(request, "You both read the same. From now on it is judged like any other form.")
    return _to_scan(request, scan)


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Where two people read differently: look once more, and say what stands there."""
    scan = scan_of(request.practice, pk)
    there = keyings_of(scan)
    if len(there) < 2 or hasattr(scan, "comparison") or there[FIRST].by_id == request.user.pk:
        return _to_scan(request, scan)
    form = _form(request, scan)
    open_ones = differences(read_keying(there[FIRST]), read_keying(there[SECOND]))
    error = ""
    if request.method == "POST":
        chosen = {one.key: request.POST.get(f"settle-{one.key}", "") for one in open_ones}
        try:
            actions.settle(scan=scan, chosen=chosen, by=request.by, at=timezone.now())
        except NotSettled as left:
            error = str(left)
        except (KeyedByTheSame, NotNow) as refusal:
            messages.error(request, str(refusal))
            return _to_scan(request, scan)
        else:
            messages.success(request, "Settled. From now on it is judged like any other form.")
            return _to_scan(request, scan)
    lines = [
        {"key": one.key, "words": form.in_words(one), "chosen": request.POST.get(f"settle-{one.key}", "")}
        for one in open_ones
    ]
    shown = about(request, scan) | {"lines": lines, "error": error}
    return render(request, "paper/settle.html", shown, status=422 if error else 200)


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def original(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what was done with the paper itself (R74)."""
    scan, at = scan_of(request.practice, pk), timezone.now()
    form = OriginalForm(request.POST or None, today=today_at(request.practice, at))
    if form.is_valid():
        given = form.cleaned_data
        place = given["place"] if given["fate"] == "kept" else ""
        actions.say_original(
            scan=scan, fate=given["fate"], place=place, done_on=given["done_on"], by=request.by, at=at
        )
        messages.success(request, "It is written down.")
        return _to_scan(request, scan)
    shown = about(request, scan) | {"form": form}
    return render(request, "paper/original.html", shown, status=422 if form.errors else 200)


def _to_scan(request: MemberRequest, scan: Scan) -> HttpResponse:
    return redirect("paper:scan", request.practice.slug, scan.pk)
