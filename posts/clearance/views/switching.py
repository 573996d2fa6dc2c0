"""The rules of states that bind the practice, turned on or off on counsel's advice."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.access.doors import MemberRequest, requires

from .. import actions
from ..forms import SwitchForm
from ..queries import rule_shown, rules_of_locations


@requires("practice.view")
@require_safe
def packs(request: MemberRequest) -> HttpResponse:
    """The states' rules that bind each location, on or off, with who switched them."""
    places = rules_of_locations(request.practice, timezone.now())
    return render(request, "clearance/packs.html", {"places": places})


@requires("pack.switch")
@require_http_methods(["GET", "POST"])
def switch_pack(request: MemberRequest, code: str) -> HttpResponse:
    """Turn a state's rule off or on, with the counsel's name and the reason."""
    at = timezone.now()
    found = rule_shown(request.practice, code)
    if found is None:
        raise Http404
    seen = found.switches[0].pk if found.switches else 0
    form = SwitchForm(request.POST or None, to=not found.is_on, seen=seen)
    if form.is_valid():
        try:
            actions.switch_pack_rule(
                practice=request.practice, code=code, **form.cleaned_data, by=request.by, at=at
            )
        except actions.SwitchedMeanwhile as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The switch is kept. It counts from now on.")
        return redirect("clearance:packs", request.practice.slug)
    return render(request, "clearance/switch_pack.html", {"one": found, "form": form})
