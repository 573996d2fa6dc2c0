"""Each member's home: what waits, what is due, what stopped."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consent.access.doors import MemberRequest, requires

from ..queries.home import home as home_of
from ..rules import greeting


@requires("home.view")
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """The worklist of the signed-in member, the oldest duty first."""
    at = timezone.now()
    here = at.astimezone(ZoneInfo(request.practice.time_zone))
    context = {"home": home_of(request.membership, at), "greeting": greeting(here.hour)}
    return render(request, "reports/home.html", context)
